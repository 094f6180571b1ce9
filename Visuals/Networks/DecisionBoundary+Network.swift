import GliaCore

extension DecisionBoundary {
  /// The boundary that a network of two inputs draws between the classes of `data`.
  ///
  /// ```swift
  /// try DecisionBoundary(of: network, on: moons).write(to: "boundary.png")
  /// ```
  ///
  /// - Parameters:
  ///   - network: a classifier of two inputs.
  ///   - data: the samples it was trained on, drawn filled.
  ///   - test: samples it was tested on, drawn hollow.
  ///   - classes: the names in the order of the outputs; nil for those of `data`.
  ///   - standardization: what is done to features before the network sees them; the picture shows them as they were.
  /// - Throws: if the network does not have two inputs, or the data no classes.
  public init(
    of network: Network, on data: Dataset, test: Dataset? = nil, classes: [String]? = nil,
    standardization: Standardization? = nil
  ) throws {
    let names = try classes ?? data.classColumn().classes
    guard data.inputs.width == 2 else {
      throw GliaError(
        "a decision boundary of \(data.inputs.width) inputs", at: data.name, expected: "two inputs",
        remedy: "choose two features")
    }
    var sets = [try PointSet("train", data, classes: names, style: .filled)]
    if let test { sets.append(try PointSet("test", test, classes: names, style: .hollow)) }
    self.init(classes: names.namedAsClasses, points: sets, reading: network.reading) { points in
      let x = try Tensor(shape: [points.count / 2, 2], points)
      return try network.predict(standardization?(x) ?? x).values
    }
    axes = (data.inputNames[0].withSubscript, data.inputNames[1].withSubscript)
    title = "\(data.name) · \(network.shortDescription)"
  }
}

extension PointSet {
  /// The samples of `data`, labelled by their places among `classes`.
  init(_ name: String, _ data: Dataset, classes: [String], style: Style) throws {
    // More points than this are one blot, and take long to draw.
    let step = max(data.count / 5_000, 1)
    if step > 1, let some = data.part(Array(stride(from: 0, to: data.count, by: step))) {
      try self.init("\(name), 1 in \(step)", some, classes: classes, style: style)
      return
    }
    let labels = try data.labels(among: classes)
    self.init(name, data.inputs.values, labels: labels, style: style)
  }
}

extension Dataset {
  /// The places of the samples' classes among `classes`.
  func labels(among classes: [String]) throws -> [Int] {
    let indexOf = Dictionary(zip(classes, classes.indices), uniquingKeysWith: { first, _ in first })
    return try classColumn().labels.map { label in
      guard let index = indexOf[label] else {
        throw GliaError(
          "class '\(label.excerpt)' is unknown to the network", at: name,
          expected: "one of \(classes.prefix(20).joined(separator: ", "))")
      }
      return index
    }
  }


  func classColumn() throws -> Column {
    guard let target = targets.first, targets.count == 1 else {
      throw GliaError("\(targets.count) target columns", at: name, expected: "one column of classes")
    }
    return target
  }
}

extension Network {
  /// What the outputs mean: probabilities after a sigmoid or softmax, else decision values around 0.
  var reading: Reading {
    let link = layers.last?.separatingActivation()?.activation.link
    return link == .logistic || link == .softmax ? .probability : .decision()
  }

  /// Widths and the first activation, such as `2–4–2–1 tanh`.
  var shortDescription: String {
    let activation = layers.lazy.compactMap { $0.separatingActivation()?.activation }.first { $0.link != .identity }
    return [architecture, activation.map { type(of: $0).name } ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension [String] {
  /// Numbers among the names as `class 3`.
  var namedAsClasses: [String] { map { Float($0) == nil ? $0 : "class \($0)" } }
}

extension String {
  /// `x1` as `x₁`: digits at the end of a one-letter name become an index.
  var withSubscript: String {
    let digits = dropFirst()
    guard let first, first.isLetter, !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return self
    }
    return String(first)
      + String(String.UnicodeScalarView(digits.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0x2050) }))
  }
}

import GliaCore

extension DecisionBoundary {
  /// The part of the inputs on which a network of more than two is drawn.
  public enum Plane: Hashable, Sendable {
    /// Two features, counted from 0. The others are fixed at the given numbers, one a feature, or at their means.
    case features(Int, Int, fixing: [Float]? = nil)
    /// The plane through the mean along which the samples spread most, as the network sees them.
    case principalComponents
  }

  /// The boundary that a network draws between the classes of `data`.
  ///
  /// ```swift
  /// try DecisionBoundary(of: network, on: moons).write(to: "boundary.png")
  /// try DecisionBoundary(of: other, on: iris, plane: .features(2, 3)).write(to: "petals.png")
  /// ```
  ///
  /// On a plane through more than two inputs, points stand where they are nearest to, and are marked as misclassified by
  /// what the network says of themselves.
  ///
  /// - Parameters:
  ///   - network: a classifier.
  ///   - data: the samples it was trained on, drawn filled.
  ///   - test: samples it was tested on, drawn hollow.
  ///   - classes: the names in the order of the outputs; nil for those of `data`.
  ///   - standardization: what is done to features before the network sees them; the picture shows them as they were.
  ///   - plane: what is drawn of a network of more than two inputs.
  /// - Throws: if the network has more than two inputs and no plane is given, if the plane does not fit, or if the data have no
  ///   classes.
  public init(
    of network: Network, on data: Dataset, test: Dataset? = nil, classes: [String]? = nil,
    standardization: Standardization? = nil, plane: Plane? = nil
  ) throws {
    let width = data.inputs.width
    let shown = try width == 2 ? ShownSamples(data, test: test, standardization) : nil
    let standardization = shown.map(\.standardization) ?? standardization
    let (data, test) = shown.map { ($0.data, $0.test) } ?? (data, test)
    let names = try classes ?? data.classColumn().classes
    guard width == network.input.reduce(1, *), width == 2 || (width > 2 && plane != nil) else {
      throw GliaError(
        "a decision boundary of \(width) inputs", at: data.name, expected: "two inputs",
        remedy: width > 2 ? "choose a plane: .features(0, 1) or .principalComponents" : nil)
    }
    let space = InputSpace(network: network, standardization: standardization)
    let cut = try plane.map { plane in
      switch plane {
      case .features(let i, let j, let others): try InputPlane(data, features: i, j, fixing: others)
      case .principalComponents: try InputPlane(principalComponentsOf: space.seen(data.inputs), at: data.name)
      }
    }
    let isSeenSpace = plane == .principalComponents
    self.init(
      classes: names.namedAsClasses, points: [], scoreKind: network.scoreKind()
    ) { points in
      let inputs = cut?.inputs(at: points) ?? points
      return try space.scores(of: Tensor(shape: [points.count / 2, width], inputs), isSeen: isSeenSpace)
    }
    numbersPerPoint = network.numbersPerSample
    let sets = [("train", data, PointSet.Style.filled)] + (test.map { [("test", $0, .hollow)] } ?? [])
    points = try sets.map { name, samples, style in
      var set = try PointSet(name, samples, classes: names, style: style)
      let (inputs, step) = (samples.inputs, samples.thinningStep)
      guard inputs.width == width else {
        throw GliaError("\(inputs.width) features", at: samples.name, expected: "\(width), as in \(data.name)")
      }
      if let cut { set.coordinates = cut.places(of: isSeenSpace ? try space.seen(inputs).values : inputs.values) }
      guard cut != nil || step > 1 else { return set }
      // What is counted is counted of all.
      let seen = try samples.standardized(by: standardization).inputs
      set.predictions = try predictions(space.scores(of: seen, isSeen: true), count: inputs.rows)
      return set.thinned(every: step)
    }
    axes = cut?.names ?? (data.inputNames[0].withSubscript, data.inputNames[1].withSubscript)
    title = "\(data.name) · \(network.shortDescription)"
    if plane != nil { remark = "regions are those of the plane, points projected onto it" }
    if case .features(let i, let j, _) = plane { subtitle = cut?.fixed(data.inputNames, but: i, j) ?? "" }
  }

  private func predictions(_ scores: [Float], count: Int) throws -> [Int] {
    let channels = scores.count / max(count, 1)
    return try (0..<count).map { try predicted(scores[$0 * channels..<($0 + 1) * channels]) }
  }
}

/// A network with what is done to features before it sees them.
private struct InputSpace: Sendable {
  let network: Network
  let standardization: Standardization?

  func seen(_ inputs: Tensor) throws -> Tensor { try standardization.map { try $0(inputs) } ?? inputs }

  func scores(of inputs: Tensor, isSeen: Bool) throws -> [Float] {
    let x = isSeen ? inputs : try seen(inputs)
    return try network.predict(Tensor(shape: [x.rows] + network.input, x.values)).values
  }
}

extension PointSet {
  /// The samples of `data`, labeled by their places among `classes`; with more than two features, all of them.
  init(_ name: String, _ data: Dataset, classes: [String], style: Style) throws {
    let labels = try data.labels(among: classes)
    self.init(name, data.inputs.values, labels: labels, style: style)
  }
}

extension Dataset {
  /// The places of the samples' classes among `classes`.
  func labels(among classes: [String]) throws -> [Int] {
    let known = ClassIndex(classes)
    return try classColumn().texts.map { label in
      guard let index = known[label] else {
        throw GliaError(
          "class '\(label.excerpt)' is unknown to the network", at: name,
          expected: "one of \(classes.prefix(20).joined(separator: ", "))")
      }
      return index
    }
  }

  /// The column of classes; of columns with the probability of each class, the most probable one.
  func classColumn() throws -> Column {
    if targets.count == 1 { return targets[0] }
    let columns = targets.count > 1 ? (try? targets.map { try $0.numbers() }) ?? [] : []
    let rows = (0..<(columns.isEmpty ? 0 : count)).map { row in columns.map { $0[row] } }
    guard !rows.isEmpty, Dataset.areDistributions(rows.flatMap(\.self), width: columns.count) else {
      throw GliaError("\(targets.count) target columns", at: name, expected: "one column of classes")
    }
    return Column(
      "class", text: rows.map { row in targets[row.indices.max { row[$0] < row[$1] } ?? 0].name })
  }

  /// One in how many is drawn, so that there are some thousand at most: more are one blot, and take long to draw.
  var thinningStep: Int { max(count / 5_000, 1) }
}

extension Network {
  /// About how much there is to compute for a sample, in numbers that are written: some dozen products take as long.
  var numbersPerSample: Int {
    input.reduce(1, *) + rows.reduce(0) { $0 + $1.output.reduce(1, *) } + parameterCount / 64
  }

  /// What the outputs mean: probabilities after a sigmoid or softmax, else decision values, which are decided halfway between
  /// the two numbers that the loss knows classes by; without those in the middle of the activation's range, else at 0.
  func scoreKind(for encoding: TargetEncoding? = nil) -> ScoreKind {
    let last = layers.last?.separatingActivation()?.activation
    if last?.link == .logistic || last?.link == .softmax { return .probability }
    var (threshold, range) = (0.0, -2.0...2.0)
    if case .binary(let negative, let positive)? = encoding {
      let (low, high) = (Double(negative), Double(positive))
      threshold = (low + high) / 2
      range = low - (high - low) / 2...high + (high - low) / 2
    }
    if let own = last?.range, own.lowerBound.isFinite, own.upperBound.isFinite {
      range = Double(own.lowerBound)...Double(own.upperBound)
      if encoding == nil { threshold = (range.lowerBound + range.upperBound) / 2 }
    }
    return .decision(threshold: threshold, range: range)
  }

  /// Widths and the first activation, such as `2–4–2–1 tanh`.
  public var shortDescription: String {
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

extension DecisionBoundary {
  /// The same figure with the threshold of the model's loss, where outputs are not probabilities.
  public func decided(by model: Model) -> DecisionBoundary {
    guard case .decision = scoreKind else { return self }
    var figure = self
    figure.scoreKind = model.network.scoreKind(for: model.targetEncoding)
    return figure
  }
}

import GliaCore

extension DecisionBoundary {
  /// The plane on which a network with more than two inputs is drawn.
  public enum Plane: Hashable, Sendable {
    /// The plane of two features, given by their indices. The other features are fixed at the given values, one per
    /// feature, or at their means.
    case features(Int, Int, fixing: [Float]? = nil)
    /// The plane of the first two principal components of the standardized samples.
    case principalComponents
  }

  /// Creates the decision boundary of a network between the classes of `data`.
  ///
  /// ```swift
  /// try DecisionBoundary(of: network, on: moons).write(to: "boundary.png")
  /// try DecisionBoundary(of: other, on: iris, plane: .features(2, 3)).write(to: "petals.png")
  /// ```
  ///
  /// With more than two inputs, points are projected onto the plane, and they are marked as misclassified by their own
  /// predictions.
  ///
  /// - Parameters:
  ///   - network: A classifier.
  ///   - data: The samples the network was trained on, drawn filled.
  ///   - test: The samples the network was tested on, drawn hollow.
  ///   - classes: The names of the classes in the order of the outputs; if `nil`, those of `data`.
  ///   - preprocessing: What turns the features into the network's inputs; the picture shows
  ///     the original values.
  ///   - plane: The plane to draw for a network with more than two inputs.
  ///   - scoreKind: How to interpret the outputs, such as ``GliaCore/Model/scoreKind``; if `nil`, by the last activation.
  /// - Throws: An error if the network has more than two inputs and `plane` is `nil`, if the plane doesn't match, or if
  ///   the data have no classes.
  public init(
    of network: Network, on data: Dataset, test: Dataset? = nil, classes: [String]? = nil,
    preprocessing: Preprocessing = Preprocessing(), plane: Plane? = nil, scoreKind: ScoreKind? = nil
  ) throws {
    let width = data.unstandardized().inputs.width
    let shown = try width == 2 || !preprocessing.steps.isEmpty ? ShownSamples(data, test: test, preprocessing) : nil
    let preprocessing = shown?.preprocessing ?? preprocessing
    let (data, test) = shown.map { ($0.data, $0.test) } ?? (data, test)
    let names = try classes ?? data.classColumn().classes
    let inputs = network.input.reduce(1, *)
    guard width == inputs || !preprocessing.steps.isEmpty, width == 2 || (width > 2 && plane != nil) else {
      throw GliaError(
        "a decision boundary of \(width) inputs", at: data.name, expected: "two inputs",
        remedy: width > 2 ? "choose a plane: .features(0, 1) or .principalComponents" : nil)
    }
    let space = InputSpace(network: network, preprocessing: preprocessing, names: data.inputNames)
    let cut = try plane.map { try InputPlane($0, of: data, in: space) }
    let isSeenSpace = plane == .principalComponents
    self.init(
      classes: names.namedAsClasses, points: [], scoreKind: scoreKind ?? network.scoreKind()
    ) { points in
      let x = cut?.inputs(at: points) ?? points
      return try space.scores(
        of: Tensor(shape: [points.count / 2, isSeenSpace ? inputs : width], x), isSeen: isSeenSpace)
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
      // Mistakes are counted over all samples.
      let seen = try samples.preprocessed(by: preprocessing).inputs
      set.predictions = try predictions(space.scores(of: seen, isSeen: true), count: inputs.rows)
      return set.thinned(every: step)
    }
    axes = cut?.names ?? (data.inputNames[0].withSubscript, data.inputNames[1].withSubscript)
    title = "\(data.name) · \(network.shortDescription)"
    if !isSeenSpace { ratio = PlaneLayout.featureRatio }
    if plane != nil { remark = "regions are those of the plane, points projected onto it" }
    if case .features(let i, let j, _) = plane { subtitle = cut?.fixed(data.inputNames, but: i, j) ?? "" }
  }

  private func predictions(_ scores: [Float], count: Int) throws -> [Int] {
    let channels = scores.count / max(count, 1)
    return try (0..<count).map {
      try scoreKind.decision(scores[$0 * channels..<($0 + 1) * channels], classes: classes.count)
    }
  }
}

/// A network and the preprocessing of the features called `names`.
struct InputSpace: Sendable {
  let network: Network
  let preprocessing: Preprocessing
  let names: [String]

  func seen(_ features: Tensor) throws -> Tensor { try preprocessing(features, names: names) }

  func scores(of inputs: Tensor, isSeen: Bool) throws -> [Float] {
    let x = isSeen ? inputs : try seen(inputs)
    return try network.predict(Tensor(shape: [x.rows] + network.input, x.values)).values
  }
}

extension PointSet {
  /// Creates the points of `data`, labeled by their index in `classes`; the coordinates contain all features.
  init(_ name: String, _ data: Dataset, classes: [String], style: Style) throws {
    let labels = try data.labels(among: classes)
    self.init(name, data.inputs.values, labels: labels, style: style)
  }
}

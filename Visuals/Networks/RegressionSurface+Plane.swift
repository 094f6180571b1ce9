import GliaCore

extension RegressionSurface {
  /// Creates the figure of a network with more than two inputs and one output on a plane through them.
  ///
  /// ```swift
  /// try RegressionSurface(of: network, on: houses, plane: .features(0, 3)).write(to: "surface.png")
  /// ```
  ///
  /// The samples are projected onto the plane, so their colors may differ from that of the surface even where the network is
  /// right.
  ///
  /// - Parameters:
  ///   - network: A regression network.
  ///   - data: The training samples before standardization, drawn as discs.
  ///   - test: The test samples, drawn as diamonds.
  ///   - preprocessing: What turns the features into the network's inputs.
  ///   - plane: The plane to draw.
  /// - Throws: An error if the network doesn't have more than two inputs and one output, if the plane doesn't match, or if the
  ///   targets aren't numbers.
  public init(
    of network: Network, on data: Dataset, test: Dataset? = nil, preprocessing: Preprocessing = Preprocessing(),
    plane: DecisionBoundary.Plane
  ) throws {
    let shown = try preprocessing.steps.isEmpty ? nil : ShownSamples(data, test: test, preprocessing)
    let (data, test) = shown.map { ($0.data, $0.test) } ?? (data, test)
    let width = data.inputs.width
    guard width > 2 else {
      throw GliaError("a plane through \(width) inputs", at: data.name, expected: "more than two inputs")
    }
    try network.require(inputs: width, for: data, preprocessing)
    let space = InputSpace(network: network, preprocessing: preprocessing, names: data.inputNames)
    let cut = try InputPlane(plane, of: data, in: space)
    let isSeen = plane == .principalComponents
    func samples(_ name: String, _ data: Dataset, _ marker: Marker) throws -> Samples {
      guard data.inputs.width == width else {
        throw GliaError("\(data.inputs.width) features", at: data.name, expected: "\(width)")
      }
      let places = cut.places(of: isSeen ? try space.seen(data.inputs).values : data.inputs.values)
      return Samples(name, places, targets: try data.targets.first?.numbers() ?? [], marker: marker)
    }
    let sets = try [samples("train", data, .circle)] + (test.map { [try samples("test", $0, .diamond)] } ?? [])
    let targets = data.targetScaling
    self.init(samples: sets) { points in
      let seen = network.input.reduce(1, *)
      let inputs = try Tensor(shape: [points.count / 2, isSeen ? seen : width], cut.inputs(at: points))
      let outputs = try Tensor(shape: [inputs.rows, 1], space.scores(of: inputs, isSeen: isSeen))
      return try (targets?.undone(outputs) ?? outputs).values
    }
    numbersPerPoint = network.numbersPerSample
    axes = cut.names
    quantity = data.targets.first?.name ?? "value"
    title = "\(data.name) · \(network.shortDescription)"
    remark = "surface on the plane, points projected onto it"
    guard case .features(let i, let j, _) = plane else { return }
    ratio = PlaneLayout.featureRatio
    subtitle = cut.fixed(data.inputNames, but: i, j)
  }
}

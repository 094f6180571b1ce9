import GliaCore

extension UnitMaps {
  /// The maps of the units of a network of two inputs.
  ///
  /// - Parameters:
  ///   - network: a network of two inputs.
  ///   - data: the samples drawn over every map, colored by their class if they have one.
  ///   - classes: the names in the order of the outputs; nil for those of `data`.
  ///   - standardization: what is done to features before the network sees them; the picture shows them as they were.
  /// - Throws: if network or data do not have two inputs.
  public init(
    of network: Network, on data: Dataset, classes: [String]? = nil, standardization: Standardization? = nil
  ) throws {
    for (count, place) in [(network.input.reduce(1, *), "network.input"), (data.inputs.width, data.name)]
    where count != 2 {
      throw GliaError(
        "maps of \(count) \(count == 1 ? "input" : "inputs")", at: place, expected: "two inputs, the axes of a plane",
        remedy: "draw its diagram instead: glia plot diagram, or NetworkDiagram in Swift")
    }
    let blocks = network.blocks
    self.init(layers: blocks.map(\.summary)) { points in
      let x = try Tensor(shape: [points.count / 2, 2], points)
      let all = try network.activations(for: standardization.map { try $0(x) } ?? x)
      return blocks.map { all[$0.layers.upperBound].values }
    }
    let names = classes ?? data.classNames
    let labels = try names.map { try data.labels(among: $0) } ?? Array(repeating: 0, count: data.count)
    points = [PointSet("data", data.inputs.values, labels: labels).thinned(every: data.thinningStep)]
    self.classes = names?.namedAsClasses ?? ["samples"]
    if let names { layers[layers.count - 1].unitNames = network.outputNames(names) }
    axes = (data.inputNames[0].withSubscript, data.inputNames[1].withSubscript)
    title = "\(data.name) · \(network.shortDescription)"
    subtitle = "what each unit computes"
  }
}

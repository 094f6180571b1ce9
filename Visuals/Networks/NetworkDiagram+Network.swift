import GliaCore

extension NetworkDiagram {
  /// Creates the diagram of a network with discs as units.
  ///
  /// - Parameters:
  ///   - network: Any network. Elementwise layers, such as dropout, are named together with the layer before them.
  ///   - inputNames: The names of the inputs.
  ///   - outputNames: The names of the outputs, such as the classes.
  public init(of network: Network, inputNames: [String] = [], outputNames: [String] = []) {
    var input = LayerSummary("input", units: network.input.reduce(1, *))
    input.unitNames = inputNames.map(\.withSubscript)
    let blocks = network.blocks
    var summaries = [input] + blocks.map(\.summary)
    summaries[summaries.count - 1].unitNames = outputNames
    let tensors = Dictionary(network.tensors.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
    let connections = zip(blocks, summaries).map { block, before in
      // The first layer of a block with weights of the right shape makes the connections.
      let found = block.layers.lazy.compactMap { index in
        tensors["layers.\(index).weight"].flatMap {
          $0.shape == [block.summary.units, before.units] ? (index, $0) : nil
        }
      }.first
      guard let (index, weight) = found else {
        let sources = block.layers.lazy.compactMap { network.layers[$0].dependencies(inputs: before.units) }.first
        return Connection(sources: sources.flatMap { $0.count == block.summary.units ? $0 : nil })
      }
      return Connection(weights: weight.values, biases: tensors["layers.\(index).bias"]?.values ?? [])
    }
    self.init(layers: summaries, connections: connections)
    title = network.shortDescription
  }

  /// Creates the diagram of a network with the names in `data`; with two inputs, units are maps of what they compute.
  ///
  /// - Parameters:
  ///   - network: A network that was trained on `data`.
  ///   - data: The samples drawn over the outputs.
  ///   - classes: The names of the classes in the order of the outputs; if `nil`, those of `data`.
  ///   - preprocessing: What turns the features into the network's inputs; the maps show the
  ///     original values.
  /// - Throws: An error if `network` and `data` have different numbers of inputs.
  public init(
    of network: Network, on data: Dataset, classes: [String]? = nil, preprocessing: Preprocessing = Preprocessing()
  ) throws {
    let inputs = network.input.reduce(1, *)
    let seen = try data.preprocessed(by: preprocessing)
    guard seen.inputs.width == inputs else {
      throw GliaError(
        "samples of \(seen.inputs.width) features for a network of \(inputs) inputs", at: data.name,
        expected: "equally many")
    }
    let names = network.outputNames(classes ?? data.classNames ?? [])
    self.init(of: network, inputNames: seen.inputNames, outputNames: names)
    if inputs == 2, data.unstandardized().inputs.width == 2 {
      maps = try UnitMaps(of: network, on: data, classes: classes, preprocessing: preprocessing)
    }
    title = "\(data.name) · \(network.shortDescription)"
  }
}

extension UnitMaps {
  /// Creates the maps of the units of a network with two inputs.
  ///
  /// - Parameters:
  ///   - network: A network with two inputs.
  ///   - data: The samples drawn over every map, colored by class if they have one.
  ///   - classes: The names of the classes in the order of the outputs; if `nil`, those of `data`.
  ///   - preprocessing: What turns the features into the network's inputs; the picture shows
  ///     the original values.
  /// - Throws: An error if `network` or `data` doesn't have two inputs.
  public init(
    of network: Network, on data: Dataset, classes: [String]? = nil, preprocessing: Preprocessing = Preprocessing()
  ) throws {
    let data = preprocessing.steps.isEmpty ? data : data.unstandardized()
    let inputs = preprocessing.steps.isEmpty ? network.input.reduce(1, *) : 2
    for (count, place) in [(inputs, "network.input"), (data.inputs.width, data.name)] where count != 2 {
      throw GliaError(
        "maps of \(count) \(count == 1 ? "input" : "inputs")", at: place, expected: "two inputs, the axes of a plane",
        remedy: "draw its diagram instead: glia plot diagram, or NetworkDiagram in Swift")
    }
    let blocks = network.blocks
    self.init(layers: blocks.map(\.summary)) { points in
      let x = try Tensor(shape: [points.count / 2, 2], points)
      let all = try network.activations(for: preprocessing(x, names: data.inputNames))
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

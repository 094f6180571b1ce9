import GliaCore

extension NetworkDiagram {
  /// The diagram of a network; units are discs.
  ///
  /// - Parameters:
  ///   - network: any network. Layers that act on each unit alone, such as dropout, are named with the layer before them.
  ///   - inputNames: the names of the inputs.
  ///   - outputNames: the names of the outputs, such as the classes.
  public init(of network: Network, inputNames: [String] = [], outputNames: [String] = []) {
    var input = LayerSummary("input", units: network.input.reduce(1, *))
    input.unitNames = inputNames.map(\.withSubscript)
    let blocks = network.blocks
    var summaries = [input] + blocks.map(\.summary)
    summaries[summaries.count - 1].unitNames = outputNames
    let tensors = Dictionary(network.tensors.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
    let connections = zip(blocks, summaries).map { block, before in
      // The first of a block's layers with weights of that shape is the one that connects.
      let found = block.layers.lazy.compactMap { index in
        tensors["layers.\(index).weight"].flatMap {
          $0.shape == [block.summary.units, before.units] ? (index, $0) : nil
        }
      }.first
      guard let (index, weight) = found else { return Connection() }
      return Connection(weights: weight.values, biases: tensors["layers.\(index).bias"]?.values ?? [])
    }
    self.init(layers: summaries, connections: connections)
    title = network.shortDescription
  }

  /// The diagram of a network with the names of `data`; for two inputs, units are maps of what they compute.
  ///
  /// - Parameters:
  ///   - network: a network that was trained on `data`.
  ///   - data: the samples drawn over the outputs.
  ///   - classes: the names in the order of the outputs; nil for those of `data`.
  ///   - standardization: what is done to features before the network sees them; maps show them as they were.
  /// - Throws: if network and data do not have equally many inputs.
  public init(
    of network: Network, on data: Dataset, classes: [String]? = nil, standardization: Standardization? = nil
  ) throws {
    let inputs = network.input.reduce(1, *)
    guard data.inputs.width == inputs else {
      throw GliaError(
        "samples of \(data.inputs.width) features for a network of \(inputs) inputs", at: data.name,
        expected: "equally many")
    }
    let names = network.outputNames(classes ?? data.classNames ?? [])
    self.init(of: network, inputNames: data.inputNames, outputNames: names)
    if inputs == 2 {
      maps = try UnitMaps(of: network, on: data, classes: classes, standardization: standardization)
    }
    title = "\(data.name) · \(network.shortDescription)"
  }
}

extension Network {
  /// What the outputs tell of `classes`: one each, or of two classes the second; none if they do not fit.
  func outputNames(_ classes: [String]) -> [String] {
    let shown = classes.namedAsClasses
    let outputs = output.reduce(1, *)
    if outputs == 1, shown.count == 2 { return [scoreKind().quantity(of: shown[1])] }
    return outputs == shown.count ? shown : []
  }
}

extension Dataset {
  /// The classes of the only target; nil for one of many different numbers.
  var classNames: [String]? { (try? classColumn().classes).flatMap { $0.count <= 20 ? $0 : nil } }
}

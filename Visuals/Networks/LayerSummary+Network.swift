import GliaCore

/// Layers of a network that are drawn as one: a layer with connections and the elementwise layers after it.
struct LayerBlock {
  /// The indices of its layers.
  var layers: ClosedRange<Int>
  var summary: LayerSummary
}

extension Network {
  /// The blocks of layers in order. A layer that keeps the width and has at most a few parameters per unit, such as an
  /// activation, dropout, or normalization, belongs to the block before it.
  var blocks: [LayerBlock] {
    let shapes = tensorShapes
    var blocks: [LayerBlock] = []
    var (width, start) = (input.reduce(1, *), 0)
    for (index, row) in rows.enumerated() {
      let (layer, units) = (layers[index], row.output.reduce(1, *))
      let isElementwise = units == width && shapes[index].allSatisfy { $0.count < 2 }
      width = units
      // Elementwise layers on the inputs belong to the first block.
      if isElementwise, blocks.isEmpty, index + 1 < layers.count, layer.separatingActivation() == nil { continue }
      if isElementwise, !blocks.isEmpty {
        blocks[blocks.count - 1].append(layer, index: index, learns: !shapes[index].isEmpty)
      } else {
        var block = LayerBlock(layers: start...index, summary: LayerSummary("", units: units))
        block.append(layer, index: index, learns: false)
        blocks.append(block)
      }
      start = index + 1
    }
    for index in blocks.indices {
      blocks[index].summary.name = index == blocks.count - 1 ? "output" : "hidden \(index + 1)"
    }
    return blocks
  }

  /// The shapes of the tensors of every layer.
  private var tensorShapes: [[[Int]]] {
    let shapes = tensors.byLayer { $0.shape }
    return layers.indices.map { shapes[$0, default: []] }
  }
}

extension [(name: String, tensor: Tensor)] {
  /// Returns the transformed tensors of each layer, by the layer's index.
  func byLayer<T>(_ transform: (Tensor) -> T) -> [Int: [T]] {
    reduce(into: [:]) { layers, item in
      guard let index = item.name.split(separator: ".", maxSplits: 2).dropFirst().first.flatMap({ Int($0) }) else {
        return
      }
      layers[index, default: []].append(transform(item.tensor))
    }
  }
}

extension LayerBlock {
  fileprivate mutating func append(_ layer: any Layer, index: Int, learns: Bool) {
    layers = layers.lowerBound...index
    if let activation = layer.separatingActivation()?.activation {
      let name = type(of: activation).name
      if activation.link != .identity || summary.activation.isEmpty { summary.add(name) }
      summary.range = activation.range.map { Double($0.lowerBound)...Double($0.upperBound) }
      summary.threshold = activation.threshold
    } else {
      summary.add(type(of: layer).name)
      if learns { (summary.range, summary.threshold) = (nil, nil) }
    }
  }
}

extension LayerSummary {
  /// Appends the name of a layer; `linear` is shown only if there is no other one.
  fileprivate mutating func add(_ name: String) {
    activation = activation.isEmpty || activation == "linear" ? name : "\(activation) · \(name)"
  }
}

extension Activation {
  /// The output for a sum slightly above 0; for activations on a row, slightly above that of one other unit.
  var threshold: Double {
    var values: [Float] = [1e-4, 0]
    var span = values.mutableSpan
    apply(&span, width: 2)
    return Double(values[0])
  }
}

import Glia

/// Layers with the values of their tensors.
struct ImportedLayers {
  private(set) var layers: [any Layer] = []
  /// The tensors by their names in a model file.
  private(set) var tensors: [(name: String, tensor: Tensor)] = []
  private let budget: ImportBudget

  /// Creates the layers of `pieces`, whose names begin with `prefix`, for samples of the shape `input`.
  init(_ pieces: [ImportedPiece], prefix: String = "layers", input: [Int], budget: ImportBudget) throws {
    self.budget = budget
    var rest = pieces[...]
    var shape = input
    while let piece = rest.popFirst() {
      let place = "\(prefix).\(layers.count)"
      if case .reshape(let same) = piece, same == shape { continue }
      if case .dense(let weight, let bias, let inputs) = piece {
        var activation: any Activation = Linear()
        if case .activation(let next)? = rest.first {
          activation = next
          rest.removeFirst()
        }
        try append(dense(weight, bias, inputs, activation, at: place))
      } else {
        try append(layer(piece, at: place, input: shape))
      }
      shape = try layers[layers.count - 1].plan(input: shape).output
    }
    // A network and a branch have at least one layer.
    if layers.isEmpty { layers = [ActivationLayer(.linear)] }
  }

  private typealias Made = (layer: any Layer, tensors: [(name: String, tensor: Tensor)])

  private mutating func append(_ made: Made) throws {
    layers.append(made.layer)
    tensors += made.tensors
  }

  private func dense(
    _ weight: [Double], _ bias: [Double], _ inputs: Int, _ activation: any Activation, at place: String
  ) throws -> Made {
    var layer = Dense(bias.count, activation: activation)
    layer.useBias = bias.contains { $0 != 0 }
    var tensors = [("\(place).weight", try Tensor(shape: [bias.count, inputs], weight.map { Float($0) }))]
    if layer.useBias { tensors.append(("\(place).bias", try Tensor(shape: [bias.count], bias.map { Float($0) }))) }
    return (layer, tensors)
  }

  private func layer(_ piece: ImportedPiece, at place: String, input: [Int]) throws -> Made {
    switch piece {
    case .dense(let weight, let bias, let inputs): return try dense(weight, bias, inputs, Linear(), at: place)
    case .affine(let factor, let offset):
      var weight = [Double](repeating: 0, count: try matrixSize(factor.count, factor.count))
      for (index, factor) in factor.enumerated() { weight[index * offset.count + index] = factor }
      return try dense(weight, offset, factor.count, Linear(), at: place)
    case .selection(let indices, let inputs):
      var weight = [Double](repeating: 0, count: try matrixSize(indices.count, inputs))
      for (unit, index) in indices.enumerated() { weight[unit * inputs + index] = 1 }
      return try dense(weight, indices.map { _ in 0 }, inputs, Linear(), at: place)
    case .activation(let activation): return (ActivationLayer(activation), [])
    case .normalization(let layer, let weight, let bias, let others):
      var tensors = others + [("weight", try Tensor(shape: [weight.count], weight.map { Float($0) }))]
      if let bias { tensors.append(("bias", try Tensor(shape: [bias.count], bias.map { Float($0) }))) }
      return (layer, tensors.map { ("\(place).\($0.name)", $0.tensor) })
    case .layer(let layer, let tensors): return (layer, tensors.map { ("\(place).\($0.name)", $0.tensor) })
    case .expMinusOne, .logits: return try layer(piece.asLayer(count: input.reduce(1, *)), at: place, input: input)
    case .reshape(let shape):
      if shape.count == 1 { return (Flatten(), []) }
      var layer = Reshape()
      layer.shape = shape
      return (layer, [])
    case .branches(let mode, let branches): return try container(mode, branches, at: place, input: input)
    }
  }

  /// Sums with an empty branch are residual blocks.
  private func container(
    _ mode: ParallelMode, _ branches: [[ImportedPiece]], at place: String, input: [Int]
  ) throws -> Made {
    let full = branches.filter { !$0.isEmpty }
    if mode == .add, branches.count == 2, full.count == 1 {
      let inner = try ImportedLayers(full[0], prefix: "\(place).layers", input: input, budget: budget)
      return (Residual { inner.layers }, inner.tensors)
    }
    var (layers, tensors): ([any Layer], [(name: String, tensor: Tensor)]) = ([], [])
    for (index, branch) in branches.enumerated() {
      let inner = try ImportedLayers(branch, prefix: "\(place).branches.\(index).layers", input: input, budget: budget)
      layers.append(Sequential { inner.layers })
      tensors += inner.tensors
    }
    return (Parallel(mode) { layers }, tensors)
  }

  /// Returns the size of a matrix that stands for a simpler operation.
  private func matrixSize(_ rows: Int, _ columns: Int) throws -> Int {
    let (size, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, size <= 1 << 24 else {
      throw GliaError(
        "scaling or selection of \(max(rows, columns).grouped) numbers without a dense layer beside it",
        expected: "at most 4,096", remedy: "export the model without this operation")
    }
    try budget.charge(size, at: "graph")
    return size
  }
}

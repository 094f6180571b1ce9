import Glia

/// The modules of the PyTorch `nn.Sequential` that computes what a network computes.
struct TorchModules: Sendable {
  private(set) var modules: [TorchModule] = []
  /// Whether the inputs are indices.
  private(set) var readsIndices = false
  /// Whether the inputs have only been reshaped so far.
  private var isAtInputs = true
  private var shape: [Int]
  private let tensors: [String: Tensor]

  /// - Throws: `GliaError` that names the first layer that torch.nn cannot express as a module in a sequence.
  init(_ network: Network) throws {
    shape = network.input
    tensors = Dictionary(network.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
    try add(network.layers, under: "")
  }

  private mutating func add(_ layers: [any Layer], times: Int = 1, under prefix: String) throws {
    for index in 0..<layers.count * times { try add(layers[index % layers.count], "\(prefix)layers.\(index)") }
  }

  private mutating func add(_ layer: any Layer, _ name: String) throws {
    switch layer {
    case let stack as Sequential: return try add(stack.layers, under: "\(name).")
    case let stack as Repeated: return try add(stack.layers, times: stack.times, under: "\(name).")
    case is Flatten: modules.append(TorchModule("nn.Flatten()"))
    case is Reshape: try reshape(layer)
    case is Embedding: try embed(layer, name)
    default:
      modules += try computation(layer, name)
      isAtInputs = false
    }
    shape = try layer.plan(input: shape).output
  }

  /// The modules of a layer that computes with numbers.
  private func computation(_ layer: any Layer, _ name: String) throws -> [TorchModule] {
    switch layer {
    case let dense as Dense:
      return try [linear(dense.units, hasBias: dense.useBias, name)] + function(dense.activation, of: layer, name)
    case let dense as MaskedDense:
      return try [masked(linear(dense.mask.count, hasBias: dense.useBias, name), dense.mask)]
        + function(dense.activation, of: layer, name)
    case let layer as ActivationLayer:
      let function = try function(layer.activation, of: layer, name)
      return function.isEmpty ? [TorchModule("nn.Identity()")] : function
    case let norm as BatchNorm:
      try requireOneAxis(layer, name)
      // A momentum of 1 averages all batches, as PyTorch does without one.
      let momentum = norm.momentum == 1 ? "None" : "1 - \(norm.momentum)"
      let names: KeyValuePairs = [
        "weight": "weight", "bias": "bias", "running_mean": "running_mean", "running_var": "running_variance",
      ]
      return [TorchModule("nn.BatchNorm1d(\(features), eps=\(norm.epsilon), momentum=\(momentum))", own(names, name))]
    case let norm as LayerNorm:
      return [
        TorchModule(
          "nn.LayerNorm(\(features), eps=\(norm.epsilon))", own(["weight": "weight", "bias": "bias"], name))
      ]
    case let norm as RMSNorm:
      return [
        TorchModule(
          "nn.RMSNorm(\(features), eps=\(norm.epsilon))", own(["weight": "weight"], name), note: "PyTorch 2.4 or later")
      ]
    case let unit as PReLU:
      if !unit.shared { try requireOneAxis(layer, name) }
      return [TorchModule("nn.PReLU(\(unit.shared ? 1 : features))", own(["weight": "slope"], name))]
    case let dropout as Dropout: return [TorchModule("nn.Dropout(\(dropout.rate))")]
    case let dropout as AlphaDropout: return [TorchModule("nn.AlphaDropout(\(dropout.rate))")]
    case is GaussianNoise: return [TorchModule("nn.Identity()", note: "gaussian_noise, which only acts in training")]
    default: throw refusal(layer, name, "PyTorch's nn.Sequential cannot contain the layer \(type(of: layer).name)")
    }
  }

  private var features: Int { shape.last ?? 1 }

  private func linear(_ units: Int, hasBias: Bool, _ name: String) -> TorchModule {
    TorchModule(
      "nn.Linear(\(features), \(units)\(hasBias ? "" : ", bias=False"))",
      own(["weight": "weight", "bias": "bias"], name))
  }

  /// Sets the weights that the mask hides to 0, so that the module computes the same.
  private func masked(_ linear: TorchModule, _ mask: [[Int]]) throws -> TorchModule {
    var linear = linear
    let flags = mask.flatMap(\.self)
    for (index, (name, tensor)) in linear.tensors.enumerated() where name == "weight" {
      let values = zip(tensor.values, flags).map { $1 == 0 ? 0 : $0 }
      linear.tensors[index].tensor = try Tensor(shape: tensor.shape, values)
    }
    linear.note = "masked_dense: the weights outside its mask are 0; training would change them"
    return linear
  }

  /// The module of an activation function; none for the identity.
  private func function(_ activation: any Activation, of layer: any Layer, _ name: String) throws -> [TorchModule] {
    guard !(activation is Linear) else { return [] }
    guard let module = TorchModule(activation) else {
      let temperature = (activation as? Softmax).map { " with temperature \($0.temperature)" } ?? ""
      throw refusal(layer, name, "torch.nn has no activation \(type(of: activation).name)\(temperature)")
    }
    return [module]
  }

  private mutating func reshape(_ layer: any Layer) throws {
    let output = try layer.plan(input: shape).output
    if shape.count > 1 || output.count == 1 { modules.append(TorchModule("nn.Flatten()")) }
    guard output.count > 1 else { return }
    modules.append(TorchModule("nn.Unflatten(1, (\(output.map(String.init).joined(separator: ", "))))"))
  }

  private mutating func embed(_ layer: any Layer, _ name: String) throws {
    guard isAtInputs, let embedding = layer as? Embedding else {
      throw refusal(layer, name, "an embedding in PyTorch takes whole numbers, which the layers before it do not give")
    }
    modules.append(
      TorchModule("nn.Embedding(\(embedding.inputDim), \(embedding.outputDim))", own(["weight": "weight"], name)))
    (readsIndices, isAtInputs) = (true, false)
  }

  /// The tensors of a layer that exist, under PyTorch's names.
  private func own(_ names: KeyValuePairs<String, String>, _ layer: String) -> [(name: String, tensor: Tensor)] {
    names.compactMap { torch, own in tensors["\(layer).\(own)"].map { (torch, $0) } }
  }

  /// Throws for samples with several axes, of which PyTorch takes the first for the features instead of the last.
  private func requireOneAxis(_ layer: any Layer, _ name: String) throws {
    guard shape.count > 1 else { return }
    throw refusal(
      layer, name, "for samples of shape \(shape), \(type(of: layer).name) in PyTorch has its features on another axis")
  }

  private func refusal(_ layer: any Layer, _ name: String, _ what: String) -> GliaError {
    GliaError(
      what, at: "network.\(name) (\(type(of: layer).name))",
      expected: "layers in sequence, with the layers and activations of torch.nn",
      remedy: "use --onnx, which can express any graph of layers")
  }
}

import Glia

/// A model for one component with its settings, whose parameters and state are random, and samples for it.
struct RegistryModel: CustomStringConvertible {
  let description: String
  let model: Model
  let samples: Tensor

  /// All layers and activations of the registry, each with its default settings and with those of its examples.
  static func all() throws -> [RegistryModel] {
    let registry = Registry.standard
    let layers = try registry.components(of: .layer).flatMap { entry in
      try settings(of: entry.type).map { json in
        let layer = try registry.make((any Layer).self, from: json)
        return try RegistryModel(json.text(), [layer])
      }
    }
    let activations = try registry.components(of: .activation).flatMap { entry in
      try settings(of: entry.type).map { json in
        let layer: JSON = ["type": "activation", "activation": json]
        return try RegistryModel(layer.text(), [registry.make((any Layer).self, from: layer)])
      }
    }
    return layers + activations
  }

  private static func settings(of type: any Component.Type) -> [JSON] {
    let own = type.examples
    let settings: [JSON] = own.isEmpty ? [[:]] : own
    return settings.map { json in
      var object = json.object ?? [:]
      object["type"] = .string(type.name)
      return .object(object)
    }
  }

  /// Tries shapes of samples until one fits.
  private init(_ name: String, _ layers: [any Layer]) throws {
    var failure: (any Error)?
    for shape in [[6], [2, 3], [1], [2], [3]] {
      do {
        self = try RegistryModel(name, layers, shape)
        return
      } catch { failure = error }
    }
    throw failure ?? GliaError("no shape fits \(name)")
  }

  private init(_ name: String, _ layers: [any Layer], _ shape: [Int]) throws {
    var network = try Network(input: shape, seed: 3, layers: layers)
    var random = Random(seed: 5)
    let tensors = try network.tensors.map { name, tensor in
      let isPositive = name.hasSuffix("running_variance") || name.hasSuffix("width")
      let values = tensor.values.map { _ in random.uniform(isPositive ? 0.5 : -1.5, 1.5) }
      return (name: name, tensor: try Tensor(shape: tensor.shape, values))
    }
    try network.setAll(tensors)
    // Indices of words, if the first layer takes them.
    let numbers = (0..<64 * shape.reduce(1, *)).map { _ in random.uniform(-4, 4) }
    var samples = try Tensor(shape: [64] + shape, numbers)
    if (try? network.predict(samples).values.contains(where: \.isNaN)) ?? true || Self.takesIndices(layers) {
      samples = try Tensor(shape: [64] + shape, numbers.map { Float(Int($0.magnitude) % 3) })
    }
    (description, self.samples) = (name, samples)
    model = Model(network: network)
    _ = try network.predict(samples)
  }

  private static func takesIndices(_ layers: [any Layer]) -> Bool {
    guard let first = layers.first else { return false }
    if first is Embedding || first is EntityEmbedding { return true }
    return takesIndices((first as? any ContainerLayer)?.layers ?? [])
  }
}

import Glia
import GliaExchange

/// A model whose numbers are random, and samples for it: exports must compute the same.
struct ExportModel: Sendable, CustomStringConvertible {
  let description: String
  let model: Model
  let samples: Tensor
  /// The largest difference, relative to the larger of 1 and the output: long sums depend on the order of their terms.
  var tolerance: Float = 1e-6

  init(_ description: String, _ model: Model, _ samples: Tensor, tolerance: Float = 1e-6) {
    (self.description, self.model, self.samples, self.tolerance) = (description, model, samples, tolerance)
  }

  /// Creates a model whose parameters, running averages and samples are drawn from `seed`.
  init(
    _ description: String, _ network: Network, seed: UInt64 = 1, areIndices: Bool = false, missing: Bool = false,
    change: (inout Model) throws -> Void = { _ in }
  ) throws {
    var random = Random(seed: seed)
    var network = network
    for (name, tensor) in network.tensors {
      let isPositive = name.contains("variance") || name.contains("width")
      try network.set(name, to: Self.random(tensor.shape, isPositive ? 0.5 : -1, 1, &random))
    }
    var model = Model(network: network)
    try change(&model)
    let width = model.featureCount
    let shape = [12] + (model.preprocessing.isEmpty ? network.input : [width])
    var samples = try Self.random(shape, -3, 3, &random)
    if areIndices { samples = try Tensor(shape: shape, samples.values.map { $0 < 0 ? 0 : 1 }) }
    if missing {
      samples = try Tensor(shape: shape, samples.values.enumerated().map { $0 % 7 == 3 ? .nan : $1 })
    }
    self.init(description, model, samples)
  }

  private static func random(_ shape: [Int], _ low: Float, _ high: Float, _ random: inout Random) throws -> Tensor {
    try Tensor(shape: shape, (0..<shape.reduce(1, *)).map { _ in random.uniform(low, high) })
  }
}

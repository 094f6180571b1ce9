import Glia

/// A part of an imported network: close to a layer, but in double precision and without settings that only training needs.
indirect enum ImportedPiece {
  /// y = W x + b, with the weight row by row.
  case dense(weight: [Double], bias: [Double], inputs: Int)
  /// y = a x + b for every number of a sample.
  case affine(factor: [Double], offset: [Double])
  /// An activation.
  case activation(any Activation)
  /// A normalization, whose results are multiplied by `weight` and added to `bias`; other tensors by their names.
  case normalization(any Layer, weight: [Double], bias: [Double]?, others: [(name: String, tensor: Tensor)])
  /// eˣ - 1.
  case expMinusOne
  /// The logarithm of probabilities p, or log p - log (1 - p).
  case logits(areOdds: Bool, place: String)
  /// Another layer with its tensors.
  case layer(any Layer, tensors: [(name: String, tensor: Tensor)])
  /// Some of the features, in the given order.
  case selection([Int], inputs: Int)
  /// Another shape of the sample.
  case reshape([Int])
  /// Branches that start from the same numbers; an empty one passes them on.
  case branches(ParallelMode, [[ImportedPiece]])
}

extension ImportedPiece {
  /// y = a x + b for `count` numbers.
  static func affine(_ factor: Double, _ offset: Double, count: Int) -> ImportedPiece {
    .affine(factor: Array(repeating: factor, count: count), offset: Array(repeating: offset, count: count))
  }

  /// Whether it passes the numbers on unchanged.
  var isIdentity: Bool {
    switch self {
    case .affine(let factor, let offset): factor.allSatisfy { $0 == 1 } && offset.allSatisfy { $0 == 0 }
    case .activation(let activation): activation is Linear
    case .selection(let indices, let inputs): indices.elementsEqual(0..<inputs)
    default: false
    }
  }
}

import GliaCore

/// A normal distribution with a fixed fraction of zeros in every column, that is, among the weights of every input.
///
/// Each column has ⌈sparsity · rows⌉ zeros; all other weights are w ~ N(0, stddev²). Axes after the first are flattened.
///
/// Source: Martens, "Deep learning via Hessian-free optimization" (2010), in PyTorch's form.
public struct SparseInitializer: Initializer {
  public static let name = "sparse"
  public static let summary = "N(0, stddev²) with a fraction of zeros in every column"
  /// The fraction of zeros in each column.
  public var sparsity: Float = 0.1
  /// The standard deviation of the nonzero weights.
  public var stddev: Float = 0.01
  /// Creates a sparse initializer with 10% zeros and standard deviation 0.01.
  public init() {}
  /// Creates a sparse initializer with the given fraction of zeros.
  public init(sparsity: Float, stddev: Float = 0.01) {
    (self.sparsity, self.stddev) = (sparsity, stddev)
  }
  public func validate() throws {
    try require((0...1).contains(sparsity), "sparsity", sparsity, expected: "a number from 0 to 1")
    try require(
      stddev >= 0 && stddev.isFinite, "stddev", stddev,
      expected: "a number of 0 or more")
  }
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let rows = max(shape.first ?? 1, 1)
    let width = values.count / rows
    let zeros = Int((sparsity * Float(rows)).rounded(.up))
    for column in 0..<width {
      var left = zeros
      for row in 0..<rows {
        // Selection sampling: each row takes one of the remaining zeros with equal probability (Knuth's algorithm S).
        let isZero = random.below(rows - row) < left
        if isZero { left -= 1 }
        values[row * width + column] = isZero ? 0 : stddev * Float(random.normal())
      }
    }
  }
}

extension Initializer where Self == SparseInitializer {
  /// The normal distribution N(0, stddev²) with a fraction of zeros in every column.
  public static func sparse(sparsity: Float = 0.1, stddev: Float = 0.01) -> SparseInitializer {
    SparseInitializer(sparsity: sparsity, stddev: stddev)
  }
}

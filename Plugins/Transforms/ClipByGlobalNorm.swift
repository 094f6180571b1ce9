import GliaCore
import GliaKernels

/// Shortens the whole gradient: g ← g · min(1, norm / ‖g‖₂), the norm taken over all tensors that are trained.
///
/// Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013).
public struct ClipByGlobalNorm: Transform {
  public static let name = "clip_by_global_norm"
  public static let aliases = ["global_clipnorm", "clip_grad_norm"]
  public static let summary = "g ← g · min(1, norm / ‖g‖) for all tensors together"
  /// The largest norm that is left alone.
  public var norm: Float = 1
  /// A norm of at most 1.
  public init() {}
  /// A norm of at most `norm`.
  public init(_ norm: Float) { self.norm = norm }

  public func validate() throws {
    try require(norm > 0 && norm.isFinite, "norm", norm, expected: "a number above 0")
  }

  public func apply(
    _ gradient: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) -> Bool {
    gradient.shorten(0..<gradient.count, to: norm)
    return true
  }
}

extension Transform where Self == ClipByGlobalNorm {
  /// Shortens the whole gradient to a norm of at most `norm`.
  public static func clipByGlobalNorm(_ norm: Float = 1) -> ClipByGlobalNorm { ClipByGlobalNorm(norm) }
}

extension MutableSpan<Float> {
  /// Scales the numbers of `range` so that their norm, summed in double precision, is at most `limit`.
  mutating func shorten(_ range: Range<Int>, to limit: Float) {
    guard let start = address.map({ $0 + range.lowerBound }) else { return }
    let norm = glia_sum_of_squares(range.count, start).squareRoot()
    if norm > Double(limit) { glia_scale(range.count, Float(Double(limit) / norm), start, start) }
  }
}

import GliaCore

/// Shortens the whole gradient: g ← g · min(1, norm / ‖g‖₂), the norm taken over all tensors that are trained.
///
/// Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013).
public struct ClipByGlobalNorm: GradientTransform {
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

  public func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    gradient.shorten(to: norm)
  }
}

extension Transform where Self == ClipByGlobalNorm {
  /// Shortens the whole gradient to a norm of at most `norm`.
  public static func clipByGlobalNorm(_ norm: Float = 1) -> ClipByGlobalNorm { ClipByGlobalNorm(norm) }
}

extension MutableTensorView<Float> {
  /// Scales all numbers so that their norm, summed in double precision, is at most `limit`.
  func shorten(to limit: Float) {
    let norm = view.sumOfSquares.squareRoot()
    if norm > Double(limit) { assign(view, times: Float(Double(limit) / norm)) }
  }
}

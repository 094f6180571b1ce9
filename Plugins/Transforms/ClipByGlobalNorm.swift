import GliaCore

/// Clips the gradient by its global norm: g ← g · min(1, norm / ‖g‖₂), with the norm taken over all trainable tensors.
///
/// Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013).
public struct ClipByGlobalNorm: GradientTransform {
  public static let name = "clip_by_global_norm"
  public static let aliases = ["global_clipnorm", "clip_grad_norm"]
  public static let summary = "gradient clipping by global norm: g ← g · min(1, norm / ‖g‖) over all tensors"
  /// The maximum norm.
  public var norm: Float = 1
  /// Creates a transform that clips to a global norm of 1.
  public init() {}
  /// Creates a transform that clips to the given global norm.
  public init(_ norm: Float) { self.norm = norm }

  public func validate() throws {
    try require(norm > 0 && norm.isFinite, "norm", norm, expected: "a number above 0")
  }

  public func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    gradient.shorten(to: norm)
  }
}

extension Transform where Self == ClipByGlobalNorm {
  /// Clips the gradient to a global norm of at most `norm`.
  public static func clipByGlobalNorm(_ norm: Float = 1) -> ClipByGlobalNorm { ClipByGlobalNorm(norm) }
}

extension MutableTensorView<Float> {
  /// Rescales all elements so that their norm, computed in double precision, is at most `limit`.
  func shorten(to limit: Float) {
    let norm = view.sumOfSquares.squareRoot()
    if norm > Double(limit) { assign(view, times: Float(Double(limit) / norm)) }
  }
}

import GliaCore

/// Shortens the gradient of every tensor by itself: g ← g · min(1, norm / ‖g‖₂).
///
/// ``ClipByGlobalNorm`` keeps the direction of the whole gradient; this one does not.
///
/// Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013).
public struct ClipByNorm: GradientTransform {
  public static let name = "clip_by_norm"
  public static let aliases = ["clipnorm"]
  public static let summary = "g ← g · min(1, norm / ‖g‖) for every tensor"
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
    for index in 0..<context.tensorCount { context.tensor(index, of: gradient).shorten(to: norm) }
  }
}

extension Transform where Self == ClipByNorm {
  /// Shortens the gradient of every tensor to a norm of at most `norm`.
  public static func clipByNorm(_ norm: Float = 1) -> ClipByNorm { ClipByNorm(norm) }
}

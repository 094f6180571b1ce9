import GliaCore

/// Clips the gradient of each tensor by its norm: g ← g · min(1, norm / ‖g‖₂).
///
/// Unlike ``ClipByGlobalNorm``, this changes the direction of the overall gradient.
///
/// Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013).
public struct ClipByNorm: GradientTransform {
  public static let name = "clip_by_norm"
  public static let aliases = ["clipnorm"]
  public static let summary = "gradient clipping by norm: g ← g · min(1, norm / ‖g‖) per tensor"
  /// The maximum norm of each tensor's gradient.
  public var norm: Float = 1
  /// Creates a transform that clips to a norm of 1.
  public init() {}
  /// Creates a transform that clips to the given norm.
  public init(_ norm: Float) { self.norm = norm }

  public func validate() throws {
    try require(norm > 0 && norm.isFinite, "norm", norm, expected: "a number above 0")
  }

  public func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    for index in 0..<context.tensorCount { context.tensor(index, of: gradient).shorten(to: norm) }
  }
}

extension Transform where Self == ClipByNorm {
  /// Clips the gradient of each tensor to a norm of at most `norm`.
  public static func clipByNorm(_ norm: Float = 1) -> ClipByNorm { ClipByNorm(norm) }
}

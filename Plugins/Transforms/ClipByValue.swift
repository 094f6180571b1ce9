import GliaCore

/// Clips the gradient elementwise: g ← min(max(g, -value), value).
///
/// Source: Mikolov, "Statistical language models based on neural networks" (2012).
public struct ClipByValue: GradientTransform {
  public static let name = "clip_by_value"
  public static let aliases = ["clipvalue", "clip", "clip_grad_value"]
  public static let summary = "gradient clipping by value: g ← min(max(g, -value), value)"
  /// The maximum magnitude of an element.
  public var value: Float = 1
  /// Creates a transform that clips to [-1, 1].
  public init() {}
  /// Creates a transform that clips to [-`value`, `value`].
  public init(_ value: Float) { self.value = value }

  public func validate() throws {
    try require(value > 0 && value.isFinite, "value", value, expected: "a number above 0")
  }

  public func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    gradient.assign(gradient.view) { g in min(max(g, -value), value) }
  }
}

extension Transform where Self == ClipByValue {
  /// Clips each element of the gradient to a magnitude of at most `value`.
  public static func clipByValue(_ value: Float = 1) -> ClipByValue { ClipByValue(value) }
}

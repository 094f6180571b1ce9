import GliaCore

/// Clips every number of the gradient: g ← min(max(g, -value), value).
///
/// Source: Mikolov, "Statistical language models based on neural networks" (2012).
public struct ClipByValue: GradientTransform {
  public static let name = "clip_by_value"
  public static let aliases = ["clipvalue", "clip", "clip_grad_value"]
  public static let summary = "g ← min(max(g, -value), value)"
  /// The largest magnitude that is left alone.
  public var value: Float = 1
  /// Between -1 and 1.
  public init() {}
  /// Between -`value` and `value`.
  public init(_ value: Float) { self.value = value }

  public func validate() throws {
    try require(value > 0 && value.isFinite, "value", value, expected: "a number above 0")
  }

  public func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    gradient.assign(gradient.view) { g in min(max(g, -value), value) }
  }
}

extension Transform where Self == ClipByValue {
  /// Clips every number of the gradient to a magnitude of at most `value`.
  public static func clipByValue(_ value: Float = 1) -> ClipByValue { ClipByValue(value) }
}

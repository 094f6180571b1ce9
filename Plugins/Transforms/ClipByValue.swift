import GliaCore

/// Clips every number of the gradient: g ← min(max(g, -value), value).
///
/// Source: Mikolov, "Statistical language models based on neural networks" (2012).
public struct ClipByValue: Transform {
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

  public func apply(
    _ gradient: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) -> Bool {
    for i in gradient.indices { gradient[i] = min(max(gradient[i], -value), value) }
    return true
  }
}

extension Transform where Self == ClipByValue {
  /// Clips every number of the gradient to a magnitude of at most `value`.
  public static func clipByValue(_ value: Float = 1) -> ClipByValue { ClipByValue(value) }
}

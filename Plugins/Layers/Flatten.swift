import GliaCore

/// Puts all numbers of a sample into one row: `[2, 3]` becomes `[6]`.
public struct Flatten: Layer {
  public static let name = "flatten"
  public static let summary = "all numbers of a sample in one row"

  /// All numbers of a sample in one row.
  public init() {}

  public func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: [input.elementCount()]) }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    y.copy(x)
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    dx.copy(dy.span)
  }
}

import GliaCore

/// A layer that flattens each sample to one axis: `[2, 3]` becomes `[6]`.
public struct Flatten: Layer {
  public static let name = "flatten"
  public static let summary = "a layer that flattens each sample to one axis"

  /// Creates a flatten layer.
  public init() {}

  public func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: [input.elementCount()]) }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.copy(x)
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dx.copy(dy.view)
  }
}

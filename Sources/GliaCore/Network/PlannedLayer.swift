extension Layer {
  /// Returns the plan of this layer as a child of a container; throws if its settings are invalid, the input shape does not
  /// fit, or its formula accesses something that does not exist.
  public func planned(input: [Int]) throws -> LayerPlan {
    try checkSettings()
    let plan = try plan(input: input)
    if let formula = self as? any FormulaLayer { try formula.check(plan, input: input) }
    if let features = self as? any FeaturewiseLayer { try features.check(plan, input: input) }
    return try plan.holding(self)
  }
}

/// A layer at a fixed address, called without a copy, because copying a small layer takes longer than running it.
class PlannedLayer: @unchecked Sendable {
  var wrapped: (any Layer)? { nil }
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {}
  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {}

  static func make(_ layer: some Layer) -> PlannedLayer { Holder(layer) }

  private final class Holder<Own: Layer>: PlannedLayer, @unchecked Sendable {
    let layer: Own
    init(_ layer: Own) { self.layer = layer }

    override var wrapped: (any Layer)? { layer }

    override func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
      layer.forward(x, into: y, context)
      context.report.ascribe(to: layer)
    }

    override func backward(
      _ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext
    ) {
      layer.backward(dy, into: dx, context)
      context.report.ascribe(to: layer)
    }
  }
}

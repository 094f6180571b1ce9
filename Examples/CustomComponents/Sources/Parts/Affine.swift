import Glia

/// y = gain · x + shift with a learned gain and shift for every feature; the gradients are derived from the formula.
public struct Affine: FormulaLayer {
  public static let name = "affine"
  public static let summary = "gain · x + shift, learned for every feature"
  /// The initializer of the gains.
  @Part public var initializer: any Initializer = .ones
  public init() {}

  public var mixesInputs: Bool { false }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: input,
      parameters: [
        ParameterPlan("gain", shape: input, initializer: initializer), ParameterPlan("shift", shape: input),
      ])
  }

  public func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    let gain = parameters["gain"]
    let shift = parameters["shift"]
    for i in y.indices { y[i] = gain[i] * x[i] + shift[i] }
  }
}

import GliaCore

/// A layer that adds Gaussian noise to its inputs during training: y = x + N(0, stddev²); inference leaves them unchanged.
///
/// Source: Bishop, "Training with noise is equivalent to Tikhonov regularization" (1995).
public struct GaussianNoise: Layer {
  public static let name = "gaussian_noise"
  public static let summary = "Gaussian noise during training: x + N(0, stddev²)"
  /// The standard deviation of the noise.
  public var stddev: Float = 0.1

  /// Creates a noise layer with standard deviation 0.1.
  public init() {}
  /// Creates a noise layer with the given standard deviation.
  public init(_ stddev: Float) { self.stddev = stddev }

  public func validate() throws {
    try require(stddev >= 0 && stddev.isFinite, "stddev", stddev, expected: "a finite number of 0 or more")
  }

  public func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    guard context.isStochastic else { return y.copy(x) }
    var random = context.random
    for i in x.indices { y[i] = x[i] + stddev * Float(random.normal()) }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dx.copy(dy.view)
  }

  public var isStochastic: Bool { stddev > 0 }

  public var detail: String { "\(stddev)" }
}

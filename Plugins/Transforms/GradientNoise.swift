import GliaCore
import GliaKernels

/// Adds annealed Gaussian noise to the gradient: g ← g + N(0, σ²) with σ² = η / (1 + t)^γ after t updates.
///
/// With γ = 0 the noise is constant. Here η is a variance, not the learning rate.
///
/// Source: Neelakantan, Vilnis, Le, Sutskever, Kaiser, Kurach and Martens, "Adding gradient noise improves learning for
/// very deep networks" (2015).
public struct GradientNoise: GradientTransform {
  public static let name = "gradient_noise"
  public static let aliases = ["add_noise"]
  public static let summary = "annealed gradient noise: g ← g + N(0, η / (1 + t)^γ)"
  /// The initial variance, η.
  public var eta: Float = 0.01
  /// The exponent of the decay, γ.
  public var gamma: Float = 0.55
  /// Creates gradient noise with η 0.01 and γ 0.55.
  public init() {}
  /// Creates gradient noise with the given initial variance and decay exponent.
  public init(eta: Float, gamma: Float = 0.55) { (self.eta, self.gamma) = (eta, gamma) }

  public func validate() throws {
    try require(eta >= 0 && eta.isFinite, "eta", eta, expected: "a number of 0 or more")
    try require(gamma >= 0 && gamma.isFinite, "gamma", gamma, expected: "a number of 0 or more")
  }

  public func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    let deviation = (Double(eta) / pow(Double(context.number), Double(gamma))).squareRoot()
    gradient.addNoise(deviation, context.random)
  }
}

extension Transform where Self == GradientNoise {
  /// Adds annealed Gaussian noise to the gradient.
  public static func gradientNoise(eta: Float = 0.01, gamma: Float = 0.55) -> GradientNoise {
    GradientNoise(eta: eta, gamma: gamma)
  }
}

extension MutableTensorView<Float> {
  /// Adds Gaussian noise with standard deviation `deviation` to each element.
  func addNoise(_ deviation: Double, _ random: Random) {
    var random = random
    for i in indices { self[i] += Float(deviation * random.normal()) }
  }
}

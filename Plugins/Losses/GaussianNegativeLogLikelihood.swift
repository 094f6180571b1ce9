import GliaCore

/// The negative log-likelihood of targets t under normal distributions with predicted means μ and variances v:
/// 1/(n k) Σ ½ [ln v + (t - μ)² / v], averaged over n samples of k targets.
///
/// For k targets, the network has 2k outputs: first the k means, then the k variances. Variances are clipped to at least
/// ``epsilon``, and their gradient is 0 below, so they should come from an activation with positive outputs, such as softplus.
/// The constant ½ ln 2π is added if ``full`` is true. Targets cannot be standardized, because predictions are returned in the
/// units of the targets, and those of a variance are squared.
///
/// ```swift
/// let network = try Network(input: [1]) {
///   Dense(32, activation: .tanh)
///   Parallel(.concatenate) {
///     Dense(1)
///     Dense(1, activation: .softplus)
///   }
/// }
/// ```
///
/// Source: Nix and Weigend, "Estimating the mean and variance of the target probability distribution" (1994).
public struct GaussianNegativeLogLikelihood: Loss {
  public static let name = "gaussian_negative_log_likelihood"
  public static let aliases = ["gaussian_nll"]
  public static let summary = "the negative log-likelihood of a normal distribution with predicted mean and variance"
  /// The lowest variance.
  public var epsilon: Float = 1e-6
  /// Whether the constant ½ ln 2π is included.
  public var full = false
  /// Creates a loss with variances of at least 1e-6 and without the constant.
  public init() {}
  /// Creates a loss with the given lowest variance, with or without the constant.
  public init(epsilon: Float = 1e-6, full: Bool = false) { (self.epsilon, self.full) = (epsilon, full) }

  public func validate() throws {
    try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, expected: "a finite number above 0")
  }

  /// False: a mean and a variance are not equal to their target.
  public var prefersTargets: Bool { false }
  public var allowsStandardizedTargets: Bool { false }

  public func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    guard !outputs.isMultiple(of: 2) || outputs / 2 != targets else { return }
    throw GliaError(
      "\(Self.name) got \(outputs) \(outputs == 1 ? "output" : "outputs") for \(targets) "
        + (targets == 1 ? "target" : "targets"), at: "network.layers",
      expected: "a mean and a variance for each target, first all means, then all variances",
      remedy: "give the last layer two units per target")
  }

  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, targets, floor) = (prediction.rows, target.columns, Double(epsilon))
    let scale = 0.5 / Double(rows * targets)
    let constant: Double = full ? .log(2 * .pi) : 0
    var total = 0.0
    for i in 0..<rows {
      let weight = Double(weights?[i] ?? 1)
      for j in 0..<targets {
        let error = Double(prediction[i, j]) - Double(target[i, j])
        let given = Double(prediction[i, targets + j])
        // NaN, which is not below the floor, stays NaN.
        let variance = given < floor ? floor : given
        let square = error * error / variance
        total += weight * (.log(variance) + square + constant)
        guard let gradient else { continue }
        gradient[i, j] = Float(2 * weight * scale * error / variance)
        gradient[i, targets + j] = given < floor ? 0 : Float(weight * scale * (1 - square) / variance)
      }
    }
    return Float(total * scale)
  }
}

extension Loss where Self == GaussianNegativeLogLikelihood {
  /// The negative log-likelihood of a normal distribution with predicted mean and variance.
  public static var gaussianNegativeLogLikelihood: GaussianNegativeLogLikelihood { GaussianNegativeLogLikelihood() }
  /// The negative log-likelihood of a normal distribution, with the given lowest variance, with or without the constant.
  public static func gaussianNegativeLogLikelihood(
    epsilon: Float = 1e-6, full: Bool = false
  ) -> GaussianNegativeLogLikelihood {
    GaussianNegativeLogLikelihood(epsilon: epsilon, full: full)
  }
}

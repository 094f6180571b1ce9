import GliaCore

/// The focal loss, a binary cross-entropy that down-weights easy samples:
/// -1/(n k) Σ [α t (1 - p)^γ ln p + (1 - α) (1 - t) p^γ ln(1 - p)].
///
/// After a sigmoid, it is computed from the logits, where ln σ(z) = -softplus(-z). Otherwise, probabilities are clipped to
/// [1e-7, 1 - 1e-7], and the gradient is 0 outside. Several 0/1 columns are independent labels.
///
/// Source: Lin, Goyal, Girshick, He and Dollár, "Focal loss for dense object detection" (2017).
public struct FocalLoss: ElementwiseLoss {
  public static let name = "focal"
  public static let aliases = ["binary_focal_crossentropy"]
  public static let summary = "the cross-entropy loss for two classes with easy samples down-weighted"
  public static var laws: Set<LossLaw> { [.leastAtTarget] }
  /// The focusing parameter γ; larger values reduce the weight of easy samples more, and 0 weights all samples equally.
  public var gamma: Float = 2
  /// The weight α of the second class (t = 1); the first class has weight 1 - α.
  public var alpha: Float = 0.25
  /// Creates a focal loss with γ = 2 and α = ¼.
  public init() {}
  /// Creates a focal loss with the given γ and α.
  public init(gamma: Float = 2, alpha: Float = 0.25) { (self.gamma, self.alpha) = (gamma, alpha) }

  public func validate() throws {
    try require(gamma >= 0 && gamma.isFinite, "gamma", gamma, expected: "a number of 0 or more")
    try require(alpha >= 0 && alpha <= 1, "alpha", alpha, expected: "a number from 0 to 1")
  }

  public var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }

  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let p = Probability(clipping: prediction)
    let positive = T(alpha) * target * .exp(T(gamma) * p.logOfRest) * p.log
    let negative = T(1 - alpha) * (1 - target) * .exp(T(gamma) * p.log) * p.logOfRest
    return -(positive + negative)
  }

  public func fromLogits(of link: Link) -> (any Loss)? {
    link == .logistic ? FocalLogits(gamma: gamma, alpha: alpha) : nil
  }
}

extension Loss where Self == FocalLoss {
  /// The focal loss with γ = 2 and α = ¼.
  public static var focal: FocalLoss { FocalLoss() }
  /// The focal loss with the given focusing parameter γ and weight α of the second class.
  public static func focal(gamma: Float = 2, alpha: Float = 0.25) -> FocalLoss { FocalLoss(gamma: gamma, alpha: alpha) }
}

/// The ``FocalLoss`` of a sigmoid, computed from the logits.
struct FocalLogits: ElementwiseLoss {
  static let name = FocalLoss.name
  var gamma: Float = 2
  var alpha: Float = 0.25

  var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }

  func callAsFunction<T: DifferentiableScalar>(_ z: T, _ target: T) -> T {
    let (log, logOfRest) = (-T.softplus(-z), -T.softplus(z))
    let positive = T(alpha) * target * .exp(T(gamma) * logOfRest) * log
    let negative = T(1 - alpha) * (1 - target) * .exp(T(gamma) * log) * logOfRest
    return -(positive + negative)
  }
}

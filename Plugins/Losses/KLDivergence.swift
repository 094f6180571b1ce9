import GliaCore

/// The Kullback-Leibler divergence of predicted probabilities p from target probabilities t: 1/n Σ t ln(t / p), averaged over
/// n samples and summed over the outputs; terms with t = 0 are 0.
///
/// After a softmax, it is computed from the logits z, as the cross-entropy minus the entropy of the targets, with gradient
/// (p - t) / n. Otherwise, probabilities are clipped to [1e-7, 1 - 1e-7], and the gradient is 0 outside. The targets of a
/// sample must be non-negative and sum to 1.
///
/// Source: Kullback and Leibler, "On information and sufficiency" (1951).
public struct KLDivergence: ElementwiseLoss {
  public static let name = "kl_divergence"
  public static let aliases = ["kld"]
  public static let summary = "the Kullback-Leibler divergence for targets that sum to 1"
  public static var laws: Set<LossLaw> { [.leastAtTarget, .distributions] }
  /// Creates a Kullback-Leibler divergence loss.
  public init() {}
  public var targetEncoding: TargetEncoding { .oneHot }
  public var averagesOutputs: Bool { false }

  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let p = Probability(clipping: prediction).value
    // For t = 0, ln 1 replaces ln 0, whose product with 0 would be NaN.
    return target * .log((target == 0 ? p : target) / p)
  }

  public func fromLogits(of link: Link) -> (any Loss)? { link == .softmax ? KLDivergenceLogits() : nil }
}

extension Loss where Self == KLDivergence {
  /// The Kullback-Leibler divergence.
  public static var klDivergence: KLDivergence { KLDivergence() }
}

/// The ``KLDivergence`` of a softmax, computed from the logits.
struct KLDivergenceLogits: Loss {
  static let name = KLDivergence.name

  var targetEncoding: TargetEncoding { .oneHot }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let crossentropy = SoftmaxCrossentropy().evaluate(prediction, target, weights: weights, gradient: gradient)
    var information = 0.0
    for i in 0..<target.rows {
      let weight = Double(weights?[i] ?? 1)
      for j in 0..<target.columns where target[i, j] > 0 {
        let t = Double(target[i, j])
        information += weight * t * .log(t)
      }
    }
    return Float(Double(crossentropy) + information / Double(target.rows))
  }
}

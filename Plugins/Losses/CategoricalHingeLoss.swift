import GliaCore

/// The multiclass hinge loss: 1/n Σ max(0, 1 + max zⱼ - Σ t z) for scores z and one-hot targets t, where j ranges over the
/// other classes.
///
/// The score of the true class should exceed all others by at least 1. Keras takes the maximum of (1 - t) z instead, which
/// includes a 0 for the true class, so its score must exceed 1 if all others are negative. For targets between 0 and 1, the
/// maximum of (1 - t) z is taken over all classes with t < 1.
///
/// Source: Crammer and Singer, "On the algorithmic implementation of multiclass kernel-based vector machines" (2001).
public struct CategoricalHingeLoss: Loss {
  public static let name = "categorical_hinge"
  public static let summary = "the hinge loss for several classes with one-hot targets"
  public static var laws: Set<LossLaw> { [.distributions] }
  /// Creates a multiclass hinge loss.
  public init() {}

  public var targetEncoding: TargetEncoding { .oneHot }

  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, columns) = (prediction.rows, 0..<prediction.columns)
    var total = 0.0
    for i in 0..<rows {
      var right: Float = 0
      var (rival, largest): (Int?, Float) = (nil, -.infinity)
      for j in columns {
        right += target[i, j] * prediction[i, j]
        let score = (1 - target[i, j]) * prediction[i, j]
        if target[i, j] < 1, rival == nil || score > largest { (rival, largest) = (j, score) }
      }
      let loss = 1 + largest - right
      let weight = weights?[i] ?? 1
      total += loss <= 0 ? 0 : Double(weight * loss)
      guard let gradient else { continue }
      let scale = loss <= 0 ? 0 : weight / Float(rows)
      for j in columns { gradient[i, j] = -scale * target[i, j] }
      if let rival { gradient[i, rival] += scale * (1 - target[i, rival]) }
    }
    return Float(total / Double(rows))
  }
}

extension Loss where Self == CategoricalHingeLoss {
  /// The multiclass hinge loss.
  public static var categoricalHinge: CategoricalHingeLoss { CategoricalHingeLoss() }
}

import GliaCore

/// The hinge loss of several classes: 1/n Σ max(0, 1 + max((1 - t) z) - Σ t z), for scores z and one-hot targets t.
///
/// The score of the right class should exceed the largest other one by 1. The inner maximum includes the right class,
/// whose (1 - t) z is 0, as in Keras: where all others are negative, the right score should exceed 1.
///
/// Source: Crammer and Singer, "On the algorithmic implementation of multiclass kernel-based vector machines" (2001).
public struct CategoricalHingeLoss: Loss {
  public static let name = "categorical_hinge"
  public static let summary = "hinge loss of several classes, targets one-hot"
  /// The hinge loss of several classes.
  public init() {}

  public var targetEncoding: TargetEncoding { .oneHot }

  public func evaluate(
    _ prediction: Span<Float>, _ target: Span<Float>, weights: Span<Float>, rows: Int,
    gradient: inout MutableSpan<Float>
  ) -> Float {
    let width = prediction.count / rows
    var total = 0.0
    for row in 0..<rows {
      let columns = row * width..<(row + 1) * width
      var (right, rival) = (Float(0), columns.lowerBound)
      for i in columns {
        right += target[i] * prediction[i]
        if (1 - target[i]) * prediction[i] > (1 - target[rival]) * prediction[rival] { rival = i }
      }
      let loss = 1 + (1 - target[rival]) * prediction[rival] - right
      let weight = weights.isEmpty ? 1 : weights[row]
      total += loss <= 0 ? 0 : Double(weight * loss)
      guard !gradient.isEmpty else { continue }
      let scale = loss <= 0 ? 0 : weight / Float(rows)
      for i in columns { gradient[i] = -scale * target[i] }
      gradient[rival] += scale * (1 - target[rival])
    }
    return Float(total / Double(rows))
  }
}

extension Loss where Self == CategoricalHingeLoss {
  /// The hinge loss of several classes.
  public static var categoricalHinge: CategoricalHingeLoss { CategoricalHingeLoss() }
}

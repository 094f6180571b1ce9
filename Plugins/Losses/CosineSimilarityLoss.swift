import GliaCore

/// The negative cosine similarity of prediction and target: -1/n Σ p·t / (|p| |t|), from -1 (same direction) to 1.
///
/// A zero vector has no direction; its sample contributes 0 with gradient 0, as does one with a vector shorter than 2⁻¹²⁶,
/// whose gradient would overflow.
public struct CosineSimilarityLoss: Loss {
  public static let name = "cosine_similarity"
  public static let summary = "negative cosine between prediction and target"
  /// The negative cosine.
  public init() {}

  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, columns) = (prediction.rows, 0..<prediction.columns)
    let tiny = Double(Float.leastNormalMagnitude)
    var total = 0.0
    for i in 0..<rows {
      // Squares of large and of tiny numbers fit in double precision only.
      var (dot, square, targetSquare) = (0.0, 0.0, 0.0)
      for j in columns {
        let (p, t) = (Double(prediction[i, j]), Double(target[i, j]))
        dot += p * t
        square += p * p
        targetSquare += t * t
      }
      let (length, targetLength) = (square.squareRoot(), targetSquare.squareRoot())
      let isTooShort = length < tiny || targetLength < tiny
      let weight = Double(weights?[i] ?? 1)
      total -= isTooShort ? 0 : weight * dot / (length * targetLength)
      guard let gradient else { continue }
      for j in columns {
        let slope = dot / square * Double(prediction[i, j]) - Double(target[i, j])
        gradient[i, j] = isTooShort ? 0 : Float(weight * slope / (length * targetLength * Double(rows)))
      }
    }
    return Float(total / Double(rows))
  }
}

extension Loss where Self == CosineSimilarityLoss {
  /// The negative cosine between prediction and target.
  public static var cosineSimilarity: CosineSimilarityLoss { CosineSimilarityLoss() }
}

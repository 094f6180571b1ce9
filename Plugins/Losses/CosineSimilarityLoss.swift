import GliaCore

/// The negative cosine similarity of prediction and target: -1/n Σ p·t / (|p| |t|), from -1 (same direction) to 1.
///
/// A zero vector has no direction; a sample with one contributes 0 with gradient 0. The same applies to vectors shorter than
/// 2⁻¹²⁶, whose gradients would overflow.
public struct CosineSimilarityLoss: Loss {
  public static let name = "cosine_similarity"
  public static let summary = "the negative cosine similarity of predictions and targets"
  /// Creates a cosine similarity loss.
  public init() {}

  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, columns) = (prediction.rows, 0..<prediction.columns)
    let tiny = Double(Float.leastNormalMagnitude)
    var total = 0.0
    for i in 0..<rows {
      // The squares of large and tiny numbers require double precision.
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
  /// The negative cosine similarity.
  public static var cosineSimilarity: CosineSimilarityLoss { CosineSimilarityLoss() }
}

import GliaCore

/// The negative cosine of the angle between prediction and target: -1/n Σ p·t / (|p| |t|), from -1 (same direction) to 1.
///
/// A vector of zeros has no direction: a sample with one counts 0, with the gradient 0; so does one that is shorter than
/// 2⁻¹²⁶, where the gradient would leave the finite numbers.
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

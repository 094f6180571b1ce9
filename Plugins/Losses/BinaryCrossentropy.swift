import GliaCore
import GliaKernels

/// Binary cross-entropy between probabilities p and targets t: -1/(n k) Σ [t ln p + (1 - t) ln(1 - p)], averaged over n
/// samples of k outputs.
///
/// After a sigmoid, it is computed from the logits z as softplus(z) - t z, with gradient (σ(z) - t) / (n k). Otherwise,
/// probabilities are clipped to [1e-7, 1 - 1e-7], and the gradient is 0 outside. Targets are between 0 and 1; several columns
/// are independent labels (multi-label classification).
public struct BinaryCrossentropy: ElementwiseLoss, ClassWeighted {
  public static let name = "binary_crossentropy"
  public static let aliases = ["bce"]
  public static let summary = "the cross-entropy loss for two classes or independent labels"
  public static var examples: [JSON] {
    [["class_weights": [0.5, 3]], ["class_weights": [2, 0.5], "label_smoothing": 0.125]]
  }
  /// The label smoothing s, which moves targets from 0 and 1 toward ½: t ← t (1 - s) + s/2.
  public var labelSmoothing: Float = 0
  /// The weights of the first class (t = 0) and the second class (t = 1), which scale the terms; nil for equal weights.
  public var classWeights: ClassWeights? = nil
  /// Creates a loss without label smoothing and class weights.
  public init() {}
  /// Creates a loss with the given label smoothing and class weights.
  public init(labelSmoothing: Float = 0, classWeights: ClassWeights? = nil) {
    (self.labelSmoothing, self.classWeights) = (labelSmoothing, classWeights)
  }

  public func validate() throws {
    try require(
      labelSmoothing >= 0 && labelSmoothing < 1, "label_smoothing", labelSmoothing,
      expected: "a number of at least 0 and below 1")
    try validateClassWeights()
    try checkClassWeights(classes: 2)
  }

  public var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }

  public func checkTargets(_ targets: Tensor, classes: Int) throws {
    try require(targets, "a number from 0 to 1") { $0 >= 0 && $0 <= 1 }
  }

  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let smoothed = target * T(1 - labelSmoothing) + T(labelSmoothing / 2)
    return T(weight(ofClass: target > 0.5 ? 1 : 0)) * Probability(clipping: prediction).crossentropy(with: smoothed)
  }

  public func fromLogits(of link: Link) -> (any Loss)? {
    link == .logistic ? LogisticCrossentropy(labelSmoothing: labelSmoothing, classWeights: classWeights) : nil
  }
}

extension Loss where Self == BinaryCrossentropy {
  /// The binary cross-entropy.
  public static var binaryCrossentropy: BinaryCrossentropy { BinaryCrossentropy() }
  /// The binary cross-entropy with label smoothing or class weights.
  public static func binaryCrossentropy(
    labelSmoothing: Float = 0, classWeights: ClassWeights? = nil
  ) -> BinaryCrossentropy {
    BinaryCrossentropy(labelSmoothing: labelSmoothing, classWeights: classWeights)
  }
}

/// The ``BinaryCrossentropy`` of a sigmoid, computed from the logits.
struct LogisticCrossentropy: ElementwiseLoss, ClassWeighted {
  static let name = BinaryCrossentropy.name
  var labelSmoothing: Float = 0
  var classWeights: ClassWeights? = nil

  var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }

  func callAsFunction<T: DifferentiableScalar>(_ z: T, _ target: T) -> T {
    let smoothed = target * T(1 - labelSmoothing) + T(labelSmoothing / 2)
    return T(weight(ofClass: target > 0.5 ? 1 : 0)) * (.softplus(z) - smoothed * z)
  }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    guard labelSmoothing == 0, classWeights == nil else {
      return evaluateFormula(prediction, target, weights: weights, gradient: gradient)
    }
    return sigmoidCrossentropy(prediction, target, weights, gradient, terms: prediction.count)
  }
}

/// Returns the sum of the binary cross-entropies, computed from the logits and divided by `terms`.
func sigmoidCrossentropy(
  _ z: TensorView<Float>, _ target: TensorView<Float>, _ weights: TensorView<Float>?,
  _ gradient: MutableTensorView<Float>?, terms: Int
) -> Float {
  let (rows, width) = (z.rows, z.columns)
  let total = z.sumOfLosses(target, columns: width, weights: weights, gradient: gradient) {
    glia_sigmoid_crossentropy(rows, width, $0, $1, $2, 1 / Float(terms), $3)
  }
  return Float(total / Double(terms))
}

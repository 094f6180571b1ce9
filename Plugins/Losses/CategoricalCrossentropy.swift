import GliaCore
import GliaKernels

/// Categorical cross-entropy between class probabilities p and targets t, one-hot or summing to 1: -1/n Σ t ln p.
///
/// After a softmax, it is computed from the logits z as Σ t (ln Σ eᶻ - z), with gradient (p - t) / n. Otherwise,
/// probabilities are clipped to [1e-7, 1 - 1e-7], and the gradient is 0 outside.
public struct CategoricalCrossentropy: ClassWeighted {
  public static let name = "categorical_crossentropy"
  public static let aliases = ["cce"]
  public static let summary = "the cross-entropy loss for several classes with one-hot targets"
  public static var laws: Set<LossLaw> { [.distributions] }
  public static var examples: [JSON] {
    .classWeights
  }
  /// The label smoothing s, which moves targets toward equal probabilities of the k classes: t ← t (1 - s) + s/k.
  public var labelSmoothing: Float = 0
  /// The weights of the classes, in class order, which scale the loss of their samples; nil for equal
  /// weights.
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
  }

  public var targetEncoding: TargetEncoding { .oneHot }

  public func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    try requireEqualWidths(outputs: outputs, targets: targets)
    try checkClassWeights(classes: outputs)
  }

  public func fromLogits(of link: Link) -> (any Loss)? {
    link == .softmax
      ? SoftmaxCrossentropy(labelSmoothing: labelSmoothing, isSparse: false, classWeights: classWeights) : nil
  }

  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    guard classWeights == nil else {
      return evaluateByClass(prediction, target, weights: weights, gradient: gradient)
    }
    return clippedCrossentropy(prediction, weights: weights, gradient: gradient) { i, j in
      target[i, j] * (1 - labelSmoothing) + labelSmoothing / Float(prediction.columns)
    }
  }
}

extension Loss where Self == CategoricalCrossentropy {
  /// The categorical cross-entropy for one-hot targets.
  public static var categoricalCrossentropy: CategoricalCrossentropy { CategoricalCrossentropy() }
  /// The categorical cross-entropy for one-hot targets, with label smoothing or class weights.
  public static func categoricalCrossentropy(
    labelSmoothing: Float = 0, classWeights: ClassWeights? = nil
  ) -> CategoricalCrossentropy {
    CategoricalCrossentropy(labelSmoothing: labelSmoothing, classWeights: classWeights)
  }
}

/// Returns -1/n Σ t ln p, with probabilities clipped to [1e-7, 1 - 1e-7].
func clippedCrossentropy(
  _ prediction: TensorView<Float>, weights: TensorView<Float>?, gradient: MutableTensorView<Float>?,
  target: (_ sample: Int, _ output: Int) -> Float
) -> Float {
  let rows = prediction.rows
  var total = 0.0
  for i in 0..<rows {
    let weight = weights?[i] ?? 1
    for j in 0..<prediction.columns {
      let t = target(i, j)
      let p = min(max(prediction[i, j], 1e-7), 1 - 1e-7)
      total -= Double(weight * t) * log(Double(p))
      gradient?[i, j] = p == prediction[i, j] ? -weight * t / (p * Float(rows)) : 0
    }
  }
  return Float(total / Double(rows))
}

/// The ``CategoricalCrossentropy`` or ``SparseCategoricalCrossentropy`` of a softmax, computed from the logits.
struct SoftmaxCrossentropy: ClassWeighted {
  static let name = CategoricalCrossentropy.name
  var labelSmoothing: Float = 0
  var isSparse = false
  var classWeights: ClassWeights? = nil

  var targetEncoding: TargetEncoding { isSparse ? .index : .oneHot }

  func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    if isSparse {
      try requireIndices(outputs: outputs, targets: targets, classes: classes)
    } else {
      try requireEqualWidths(outputs: outputs, targets: targets)
    }
  }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    guard classWeights == nil else {
      return evaluateByClass(prediction, target, weights: weights, gradient: gradient)
    }
    let (rows, width) = (prediction.rows, prediction.columns)
    let scale = 1 / Float(rows)
    let total = prediction.sumOfLosses(target, columns: isSparse ? 1 : width, weights: weights, gradient: gradient) {
      isSparse
        ? glia_softmax_crossentropy_labels(rows, width, $0, $1, $2, scale, $3)
        : glia_softmax_crossentropy(rows, width, $0, $1, $2, scale, $3)
    }
    guard labelSmoothing > 0 else { return Float(total / Double(rows)) }
    return Float((total + smooth(prediction, target, weights, gradient)) / Double(rows))
  }

  /// Returns what label smoothing adds to the loss, Σ (t′ - t)(ln Σ eᶻ - z), and adds its gradient.
  ///
  /// The smoothed targets t′ sum to 1, as do the targets t. The logarithm therefore cancels, which leaves -Σ (t′ - t) z with
  /// gradient -(t′ - t).
  private func smooth(
    _ z: TensorView<Float>, _ target: TensorView<Float>, _ weights: TensorView<Float>?,
    _ gradient: MutableTensorView<Float>?
  ) -> Double {
    var total = 0.0
    for i in 0..<z.rows {
      let weight = weights?[i] ?? 1
      for j in 0..<z.columns {
        let t: Float = isSparse ? (target[i] == Float(j) ? 1 : 0) : target[i, j]
        let change = weight * labelSmoothing * (1 / Float(z.columns) - t)
        total -= Double(change) * Double(z[i, j])
        gradient?[i, j] -= change / Float(z.rows)
      }
    }
    return total
  }
}

import GliaCore

/// Categorical cross-entropy between class probabilities p and the index of the true class: -1/n Σ ln p_target.
///
/// It is the same as ``CategoricalCrossentropy``, except that each target is a class index, starting at 0.
public struct SparseCategoricalCrossentropy: ClassWeighted {
  public static let name = "sparse_categorical_crossentropy"
  public static let aliases = ["scce"]
  public static let summary = "the cross-entropy loss for several classes with class indices as targets"
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

  public var targetEncoding: TargetEncoding { .index }

  public func fromLogits(of link: Link) -> (any Loss)? {
    link == .softmax
      ? SoftmaxCrossentropy(labelSmoothing: labelSmoothing, isSparse: true, classWeights: classWeights) : nil
  }

  public func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    try requireIndices(outputs: outputs, targets: targets, classes: classes)
    try checkClassWeights(classes: outputs)
  }

  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    guard classWeights == nil else {
      return evaluateByClass(prediction, target, weights: weights, gradient: gradient)
    }
    return clippedCrossentropy(prediction, weights: weights, gradient: gradient) { i, j in
      (target[i] == Float(j) ? 1 : 0) * (1 - labelSmoothing) + labelSmoothing / Float(prediction.columns)
    }
  }
}

extension Loss where Self == SparseCategoricalCrossentropy {
  /// The categorical cross-entropy for class indices.
  public static var sparseCategoricalCrossentropy: SparseCategoricalCrossentropy { SparseCategoricalCrossentropy() }
  /// The categorical cross-entropy for class indices, with label smoothing or class weights.
  public static func sparseCategoricalCrossentropy(
    labelSmoothing: Float = 0, classWeights: ClassWeights? = nil
  ) -> SparseCategoricalCrossentropy {
    SparseCategoricalCrossentropy(labelSmoothing: labelSmoothing, classWeights: classWeights)
  }
}

import GliaCore

/// The cross-entropy of one binary classifier per class, each against all others: -1/n Σ Σ [t ln p + (1 - t) ln(1 - p)].
///
/// It is summed over the outputs, whereas ``BinaryCrossentropy`` is averaged. After a sigmoid, it is computed from the
/// logits z, with gradient (σ(z) - t) / n. Otherwise, probabilities are clipped to [1e-7, 1 - 1e-7], and the gradient is 0
/// outside. Targets are between 0 and 1.
///
/// Source: Rifkin and Klautau, "In defense of one-vs-all classification" (2004).
public struct OneVsAllCrossentropy: ClassWeighted {
  public static let name = "one_vs_all_crossentropy"
  public static let summary = "the cross-entropy of each class against all others, summed over the classes"
  public static var laws: Set<LossLaw> { [.leastAtTarget] }
  public static var examples: [JSON] {
    [["class_weights": [0.5, 3, 0, 1.5]]]
  }
  /// The weights of the classes, in class order, which scale the loss of their samples; nil for equal
  /// weights.
  ///
  /// The class of a sample is the one with the largest target.
  public var classWeights: ClassWeights? = nil
  /// Creates a loss without class weights.
  public init() {}
  /// Creates a loss with the given class weights.
  public init(classWeights: ClassWeights?) { self.classWeights = classWeights }

  public var targetEncoding: TargetEncoding { .oneHot }

  public func validate() throws { try validateClassWeights() }

  public func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    try requireEqualWidths(outputs: outputs, targets: targets)
    try checkClassWeights(classes: outputs)
  }

  public func checkTargets(_ targets: Tensor, classes: Int) throws {
    try require(targets, "a number from 0 to 1") { $0 >= 0 && $0 <= 1 }
  }

  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    classWeights == nil
      ? OneVsAllFormula().evaluate(prediction, target, weights: weights, gradient: gradient)
      : evaluateByClass(prediction, target, weights: weights, gradient: gradient)
  }

  public func fromLogits(of link: Link) -> (any Loss)? {
    link == .logistic ? OneVsAllLogits(classWeights: classWeights) : nil
  }
}

extension Loss where Self == OneVsAllCrossentropy {
  /// The cross-entropy of each class against all others.
  public static var oneVsAllCrossentropy: OneVsAllCrossentropy { OneVsAllCrossentropy() }
  /// The cross-entropy of each class against all others, with class weights.
  public static func oneVsAllCrossentropy(classWeights: ClassWeights?) -> OneVsAllCrossentropy {
    OneVsAllCrossentropy(classWeights: classWeights)
  }
}

/// The ``OneVsAllCrossentropy`` without class weights.
struct OneVsAllFormula: ElementwiseLoss {
  static let name = OneVsAllCrossentropy.name
  var averagesOutputs: Bool { false }

  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    Probability(clipping: prediction).crossentropy(with: target)
  }
}

/// The ``OneVsAllCrossentropy`` of sigmoids, computed from the logits.
struct OneVsAllLogits: ClassWeighted {
  static let name = OneVsAllCrossentropy.name
  var classWeights: ClassWeights? = nil

  var targetEncoding: TargetEncoding { .oneHot }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    classWeights == nil
      ? sigmoidCrossentropy(prediction, target, weights, gradient, terms: prediction.rows)
      : evaluateByClass(prediction, target, weights: weights, gradient: gradient)
  }
}

/// The quantity that training minimizes: a measure of how far predictions are from their targets, with its gradient.
///
/// Most losses compare individual numbers: conform to ``ElementwiseLoss`` and write one formula.
public protocol Loss: Component {
  /// Additional properties that the loss satisfies, for GliaTesting to check.
  static var laws: Set<LossLaw> { get }
  /// How targets are encoded as numbers for this loss.
  var targetEncoding: TargetEncoding { get }
  /// The range of predictions for which the loss is defined; nil for all numbers.
  var domain: ClosedRange<Float>? { get }
  /// Whether targets may be standardized; false for counts or percentage errors, which make no sense around a mean of 0, and for
  /// outputs in other units than the targets, such as a variance.
  var allowsStandardizedTargets: Bool { get }
  /// Returns the same loss as a function of the input z of an output activation with this link, if that improves precision; nil
  /// otherwise.
  func fromLogits(of link: Link) -> (any Loss)?
  /// Whether correct predictions have the lowest value: numbers that equal their targets, correct classes before wrong ones.
  /// Checks rely on it; false for a loss that is minimized otherwise, such as that of a critic.
  var prefersTargets: Bool { get }
  /// Whether the weights of the classes are to be computed from the training part, inversely proportional to how often each
  /// class occurs.
  var balancesClasses: Bool { get }
  /// Returns the same loss with the given weights of the classes, in class order.
  func weightingClasses(by weights: [Float]) -> any Loss
  /// Throws if predictions of `outputs` numbers per sample do not fit targets of `targets` numbers for `classes` classes (0 in
  /// regression).
  func checkWidths(outputs: Int, targets: Int, classes: Int) throws
  /// Throws if the loss is undefined for a target; called once for all samples when their targets are encoded.
  ///
  /// - Parameters:
  ///   - targets: one sample per row.
  ///   - classes: the number of classes; 0 in regression and for multi-label targets.
  /// - Throws: ``GliaError`` that names the first invalid target by its sample and column, both from 0.
  func checkTargets(_ targets: Tensor, classes: Int) throws
  /// Returns the mean loss of a batch, and writes its gradient with respect to the predictions.
  ///
  /// - Parameters:
  ///   - prediction: samples × outputs, at least one sample.
  ///   - target: samples × targets.
  ///   - weights: one weight per sample, which multiplies its term before averaging; nil for weights of 1.
  ///   - gradient: receives samples × outputs numbers; nil if only the value is needed.
  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float
}

extension Loss {
  /// Empty: no additional properties.
  public static var laws: Set<LossLaw> { [] }
  /// The kind `loss`.
  public static var kind: ComponentKind { .loss }
  /// Numbers as they are.
  public var targetEncoding: TargetEncoding { .values }
  /// Nil: all numbers.
  public var domain: ClosedRange<Float>? { nil }
  /// True for losses that are defined for all numbers.
  public var allowsStandardizedTargets: Bool { domain == nil }
  /// Returns nil: no gain in precision.
  public func fromLogits(of link: Link) -> (any Loss)? { nil }
  /// True: correct predictions have the lowest value.
  public var prefersTargets: Bool { true }
  /// False: classes have given weights, or none.
  public var balancesClasses: Bool { false }
  /// Returns itself: the loss has no class weights.
  public func weightingClasses(by weights: [Float]) -> any Loss { self }
  /// Throws unless predictions and targets have the same width.
  public func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    try requireEqualWidths(outputs: outputs, targets: targets)
  }
  /// Throws unless predictions and targets have the same width.
  public func requireEqualWidths(outputs: Int, targets: Int) throws {
    guard outputs != targets else { return }
    throw GliaError(
      "\(Self.name) compares predictions of \(outputs) numbers with targets of \(targets)", at: "network.layers",
      expected: "equal shapes", remedy: "give the last layer \(targets) \(targets == 1 ? "unit" : "units")")
  }
}

/// The encoding of targets that a loss expects.
public enum TargetEncoding: Hashable, Sendable {
  /// Plain numbers (regression).
  case values
  /// Two classes as two numbers, the first class as `negative`; the decision threshold is halfway.
  case binary(negative: Float, positive: Float)
  /// One number per class: 1 for the sample's class, 0 for the others.
  case oneHot
  /// The index of the class, from 0.
  case index

  /// Whether targets are classes.
  public var isClassification: Bool { self != .values }
  /// Halfway between the two numbers of a two-class encoding.
  public var threshold: Float {
    if case .binary(let negative, let positive) = self { (negative + positive) / 2 } else { 0.5 }
  }
}

/// A loss that compares each predicted number with its target by one formula; dual numbers yield the gradient.
///
/// ```swift
/// struct Cauchy: ElementwiseLoss {
///   static let name = "cauchy"
///   func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
///     T.log(onePlus: (prediction - target) * (prediction - target))
///   }
/// }
/// ```
public protocol ElementwiseLoss: Loss {
  /// Whether the outputs of a sample are averaged (the default) or summed; samples are always averaged.
  var averagesOutputs: Bool { get }
  /// The formula l(prediction, target).
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T
}

extension ElementwiseLoss {
  /// True: outputs are averaged.
  public var averagesOutputs: Bool { true }

  /// Computes the mean of the formula.
  @inlinable
  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    evaluateFormula(prediction, target, weights: weights, gradient: gradient)
  }

  /// Computes the mean of the formula, summed in double precision, and its gradient with dual numbers.
  @inlinable
  public func evaluateFormula(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let scale = 1 / Float(averagesOutputs ? prediction.count : prediction.rows)
    var total = 0.0
    for i in 0..<prediction.rows {
      let weight = weights?[i] ?? 1
      for j in 0..<prediction.columns {
        if let gradient {
          let term = self(Dual<Float>(prediction[i, j], 1), Dual<Float>(target[i, j], 0))
          total += Double(weight * term.value)
          gradient[i, j] = weight * scale * term.derivative
        } else {
          total += Double(weight * self(prediction[i, j], target[i, j]))
        }
      }
    }
    return Float(total * Double(scale))
  }
}

/// An additional property that a loss may satisfy, checked by GliaTesting.
public enum LossLaw: Hashable, Sendable {
  /// A prediction that equals its target has the lowest value.
  case leastAtTarget
  /// The targets of a sample are probabilities that sum to 1; others are rejected.
  case distributions
}

/// What training minimizes: a number that says how far predictions are from their targets, and its gradient.
///
/// Most losses compare number with number: conform to ``ElementwiseLoss`` and write one formula.
public protocol Loss: Component {
  /// What the loss claims beyond what holds for all, for GliaTesting to check.
  static var laws: Set<LossLaw> { get }
  /// How targets are written as numbers for this loss.
  var targetEncoding: TargetEncoding { get }
  /// The predictions that the loss has a meaning for; nil for all numbers.
  var domain: ClosedRange<Float>? { get }
  /// Whether targets may be standardized: not for counts or distances in per cent, which have no meaning around a mean of 0.
  var allowsStandardizedTargets: Bool { get }
  /// The same loss as a function of the input z of an output activation with this link, where digits would be lost
  /// otherwise; nil where there is nothing to gain.
  func fromLogits(of link: Link) -> (any Loss)?
  /// Whether right predictions have the lowest value: numbers that equal their targets, right classes before wrong ones.
  /// Checks rely on it; false for a loss that is minimized otherwise, such as a critic's.
  var prefersTargets: Bool { get }
  /// Refuses predictions of `outputs` numbers a sample for targets of `targets` numbers that stand for `classes` classes
  /// (0 in a regression).
  func checkWidths(outputs: Int, targets: Int, classes: Int) throws
  /// Refuses targets that the loss has no meaning for; called once for all samples when their targets are encoded.
  ///
  /// - Parameters:
  ///   - targets: one sample a row.
  ///   - classes: how many classes there are; 0 in a regression and for several labels a sample.
  /// - Throws: ``GliaError`` that names the first such target by its sample and column, both from 0.
  func checkTargets(_ targets: Tensor, classes: Int) throws
  /// Returns the mean loss of a batch, and writes its gradient with respect to the predictions.
  ///
  /// - Parameters:
  ///   - prediction: samples × outputs, at least one sample.
  ///   - target: samples × targets.
  ///   - weights: one weight a sample, which multiplies its term before the mean; nil for weights of 1.
  ///   - gradient: samples × outputs, all to be written; nil where only the value is needed.
  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float
}

extension Loss {
  /// No further claims.
  public static var laws: Set<LossLaw> { [] }
  /// The kind `loss`.
  public static var kind: ComponentKind { .loss }
  /// Targets are plain numbers.
  public var targetEncoding: TargetEncoding { .values }
  /// Every number is a prediction.
  public var domain: ClosedRange<Float>? { nil }
  /// Losses of all numbers allow it.
  public var allowsStandardizedTargets: Bool { domain == nil }
  /// Nothing to gain.
  public func fromLogits(of link: Link) -> (any Loss)? { nil }
  /// What is right has the lowest value.
  public var prefersTargets: Bool { true }
  /// Predictions and targets must be equally wide.
  public func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    try requireEqualWidths(outputs: outputs, targets: targets)
  }
  /// Refuses predictions and targets that are not equally wide.
  public func requireEqualWidths(outputs: Int, targets: Int) throws {
    guard outputs != targets else { return }
    throw GliaError(
      "\(Self.name) compares predictions of \(outputs) numbers with targets of \(targets)", at: "network.layers",
      expected: "equal shapes", remedy: "give the last layer \(targets) \(targets == 1 ? "unit" : "units")")
  }
}

/// How a loss wants its targets.
public enum TargetEncoding: Hashable, Sendable {
  /// Numbers as they are (regression).
  case values
  /// Two classes as two numbers, the first class as `negative`; predictions are decided halfway.
  case binary(negative: Float, positive: Float)
  /// One number a class: 1 for the sample's class, 0 for the others.
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

/// A loss that compares each predicted number with its target by one formula; the gradient follows by dual numbers.
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
  /// Whether the outputs of a sample are averaged (the default) or summed; samples always are averaged.
  var averagesOutputs: Bool { get }
  /// The formula l(prediction, target).
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T
}

extension ElementwiseLoss {
  /// Outputs are averaged.
  public var averagesOutputs: Bool { true }

  /// The mean of the formula.
  @inlinable
  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    evaluateFormula(prediction, target, weights: weights, gradient: gradient)
  }

  /// The mean of the formula, summed in double precision, and its gradient by dual numbers.
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

/// What a loss claims beyond what holds for all, to be checked too.
public enum LossLaw: Hashable, Sendable {
  /// No prediction has a lower value than one that equals its target.
  case leastAtTarget
  /// The targets of a sample are probabilities with the sum 1; others are refused.
  case distributions
}

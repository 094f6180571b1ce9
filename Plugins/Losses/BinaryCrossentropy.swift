import GliaCore
import GliaKernels

/// Cross-entropy between probabilities and targets of 0 and 1: -1/(n k) Σ [t ln p + (1 - t) ln(1 - p)].
///
/// After a sigmoid it is computed from the logits z as softplus(z) - t z, with the gradient (σ(z) - t) / (n k). Otherwise
/// probabilities are clipped to [1e-7, 1 - 1e-7], where the gradient is 0.
public struct BinaryCrossentropy: ElementwiseLoss {
  public static let name = "binary_crossentropy"
  public static let aliases = ["bce"]
  public static let summary = "cross-entropy of two classes"
  /// How far targets are drawn from 0 and 1 towards ½: t ← t (1 - s) + s/2.
  public var labelSmoothing: Float = 0
  /// No label smoothing.
  public init() {}
  /// The given label smoothing.
  public init(labelSmoothing: Float) { self.labelSmoothing = labelSmoothing }

  public func validate() throws {
    try require(
      labelSmoothing >= 0 && labelSmoothing < 1, "label_smoothing", labelSmoothing,
      expected: "a number from 0 to below 1")
  }

  public var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }

  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let t = target * T(1 - labelSmoothing) + T(labelSmoothing / 2)
    let p = prediction < 1e-7 ? 1e-7 : prediction > 1 - 1e-7 ? 1 - 1e-7 : prediction
    // 1 - 1e-7 is no Float: what the upper bound leaves has to be said by itself.
    let logOfRest: T = prediction > 1 - 1e-7 ? .log(1e-7) : .log(onePlus: -p)
    return -(t * .log(p) + (1 - t) * logOfRest)
  }

  public func fromLogits(of link: Link) -> (any Loss)? {
    link == .logistic ? LogisticCrossentropy(labelSmoothing: labelSmoothing) : nil
  }
}

extension Loss where Self == BinaryCrossentropy {
  /// Cross-entropy of two classes.
  public static var binaryCrossentropy: BinaryCrossentropy { BinaryCrossentropy() }
}

/// ``BinaryCrossentropy`` of the sigmoid, as a function of the logits.
struct LogisticCrossentropy: ElementwiseLoss {
  static let name = BinaryCrossentropy.name
  var labelSmoothing: Float = 0

  var targetEncoding: TargetEncoding { .binary(negative: 0, positive: 1) }

  func callAsFunction<T: DifferentiableScalar>(_ z: T, _ target: T) -> T {
    .softplus(z) - (target * T(1 - labelSmoothing) + T(labelSmoothing / 2)) * z
  }

  func evaluate(
    _ prediction: Span<Float>, _ target: Span<Float>, weights: Span<Float>, rows: Int,
    gradient: inout MutableSpan<Float>
  ) -> Float {
    guard labelSmoothing == 0, let z = prediction.address, let t = target.address else {
      return evaluateFormula(prediction, target, weights: weights, rows: rows, gradient: &gradient)
    }
    let scale = 1 / Float(prediction.count)
    let total = glia_sigmoid_crossentropy(
      rows, prediction.count / rows, z, t, weights.isEmpty ? nil : weights.address, scale,
      gradient.isEmpty ? nil : gradient.address)
    return Float(total / Double(prediction.count))
  }
}

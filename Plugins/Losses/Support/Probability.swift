import GliaCore

/// A predicted probability clipped to [1e-7, 1 - 1e-7] so that both logarithms are finite; the derivative is 0 outside.
struct Probability<T: DifferentiableScalar> {
  /// The clipped probability p.
  let value: T
  /// 1 - p.
  let rest: T
  /// ln(1 - p).
  let logOfRest: T

  /// Creates a probability from a prediction, clipped to [1e-7, 1 - 1e-7].
  init(clipping prediction: T) {
    value = prediction < 1e-7 ? 1e-7 : prediction > 1 - 1e-7 ? 1 - 1e-7 : prediction
    // A Float cannot represent 1 - 1e-7 exactly, so the complement of the upper bound is given explicitly.
    rest = prediction > 1 - 1e-7 ? 1e-7 : 1 - value
    logOfRest = prediction > 1 - 1e-7 ? .log(1e-7) : .log(onePlus: -value)
  }

  /// ln p.
  var log: T { .log(value) }

  /// Returns the cross-entropy with the target t: -(t ln p + (1 - t) ln(1 - p)).
  func crossentropy(with target: T) -> T { -(target * log + (1 - target) * logOfRest) }
}

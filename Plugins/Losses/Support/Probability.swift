import GliaCore

/// A predicted probability clipped to [1e-7, 1 - 1e-7] so that both logarithms are finite; the derivative is 0 outside.
struct Probability<T: DifferentiableScalar> {
  /// The clipped probability p.
  let value: T
  /// 1 - p.
  let rest: T
  /// ln(1 - p).
  let logOfRest: T

  init(clipping prediction: T) {
    value = prediction < 1e-7 ? 1e-7 : prediction > 1 - 1e-7 ? 1 - 1e-7 : prediction
    // 1 - 1e-7 is no Float: what the upper bound leaves has to be said by itself.
    rest = prediction > 1 - 1e-7 ? 1e-7 : 1 - value
    logOfRest = prediction > 1 - 1e-7 ? .log(1e-7) : .log(onePlus: -value)
  }

  /// ln p.
  var log: T { .log(value) }

  /// -(t ln p + (1 - t) ln(1 - p)).
  func crossentropy(with target: T) -> T { -(target * log + (1 - target) * logOfRest) }
}

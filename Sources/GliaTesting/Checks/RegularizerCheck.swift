import GliaCore

/// Checks a regularizer: its gradient against central differences of the penalty, its exact gradient at 0, extreme weights
/// and settings.
///
/// - Parameters:
///   - regularizer: the regularizer.
///   - registry: the registry for components among its settings.
public func checkRegularizer(_ regularizer: any Regularizer, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(regularizer)
  guard found.checkSettings(of: regularizer, registry) else { return found.results }
  var random = Random(seed: 7)
  for shape in [[3, 5], [1, 4], [1, 1], [4], [2, 3, 2]] {
    let count = shape.reduce(1, *)
    let weight = random.points(count, -2, 2)
    let penalty = Double(regularizer.penalty(weight, shape: shape))
    // The penalty is proportional to its strength, and so is the tolerance.
    let tolerance = Tolerance(absolute: 2e-4 * max(penalty, 1e-6), relative: 2e-3)
    let gradient = regularizer.gradient(weight, shape: shape)
    func point(_ i: Int) -> String { "weight \(i) of shape \(shape)" }
    found.compareSlopes(
      "gradient", gradient.doubles,
      weight.indices.map { i in
        slope(floatWidths, within: tolerance) { Double(regularizer.penalty(weight.moving(i, by: $0), shape: shape)) }
      }, within: tolerance, got: "addGradient adds", wanted: "central differences of the penalty give",
      cause: "a wrong factor, such as a missing 2 or a missing strength", at: point)
    found.compare(
      "adds its gradient", regularizer.gradient(weight, shape: shape, addedTo: 0.5), gradient.map { $0 + 0.5 },
      within: .rounding, got: "on top of 0.5 addGradient leaves", wanted: "expected",
      cause: "the gradient is written instead of added", at: point)
    found.expect(
      "same bits", gradient.hasSameBits(as: regularizer.gradient(weight, shape: shape)),
      "the same weight gives a different result the second time")
    let zeros = [Float](repeating: 0, count: count)
    // If a penalty is symmetric around 0, its gradient there must be exactly 0, with or without a kink.
    found.compare(
      "gradient at 0", regularizer.gradient(zeros, shape: shape).doubles,
      zeros.indices.map { i in
        func penalty(_ w: Double) -> Double { Double(regularizer.penalty(zeros.moving(i, by: w), shape: shape)) }
        return (penalty(0x1p-7) - penalty(-0x1p-7)) / 0x1p-6
      }, within: Tolerance(absolute: 0, relative: 0.05), got: "addGradient adds", wanted: "the penalty's slope is",
      cause: "sign(0) is not 0, or a division by a norm of 0", at: point)
    for size: Float in [0, 1e-30, 1e4] {
      let extreme = weight.map { $0 * size }
      let value = regularizer.penalty(extreme, shape: shape)
      found.expect(
        "extremes", value.isFinite && value >= 0,
        "weights of size \(size) have the penalty \(value), which is not a finite number of 0 or more")
      found.expect(
        "extremes", regularizer.gradient(extreme, shape: shape).firstNotFinite == nil,
        "weights of size \(size) have a gradient that is not finite\nlikely cause: a division by a norm of 0")
    }
  }
  regularizer.checkEveryWeight(&found)
  found.checkEffects(of: regularizer, registry) { $0.fingerprint }
  return found.results
}

extension Regularizer {
  /// Checks that every weight is penalized at one of several points.
  fileprivate func checkEveryWeight(_ found: inout Findings) {
    var random = Random(seed: 8)
    let gradients = (0..<8).map { _ in gradient(random.points(15, -2, 2), shape: [3, 5]) }
    let idle = (0..<15).first { i in gradients.allSatisfy { $0[i] == 0 } }
    found.expect(
      "every weight penalized", idle == nil,
      "weight \(idle ?? 0) of shape [3, 5] never has a gradient\nlikely cause: a loop over only part of the weights")
  }
}

import GliaCore

/// Checks a constraint: it projects weights to the nearest allowed point and leaves allowed weights unchanged; zeros,
/// extreme weights and settings.
///
/// - Parameters:
///   - constraint: the constraint.
///   - registry: the registry for components among its settings.
public func checkConstraint(_ constraint: any Constraint, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(constraint)
  guard found.checkSettings(of: constraint, registry) else { return found.results }
  var random = Random(seed: 13)
  for shape in [[3, 5], [1, 4], [4], [2, 3, 2]] {
    let count = shape.reduce(1, *)
    let points = (0..<8).map { _ in random.points(count, -4, 4) }
    let allowed = points.map { constraint.projected($0, shape: shape) }
    for (point, own) in zip(points, allowed) {
      found.compare(
        "idempotence", constraint.projected(own, shape: shape), own, within: .rounding, got: "projected again",
        wanted: "projected once", cause: "the projected weight violates the constraint",
        at: { "weight \($0) of shape \(shape), w = \(point[$0])" })
      found.expect(
        "same bits", own.hasSameBits(as: constraint.projected(point, shape: shape)),
        "the same weight gives a different result the second time")
      let (distance, least) = (point.distance(to: own), allowed.map { point.distance(to: $0) }.min() ?? .infinity)
      found.expect(
        "nearest point", distance <= least * (1 + 1e-5) + 1e-5,
        "a weight of shape \(shape) moves by \(distance.short), but an allowed point is \(least.short) away\n"
          + "likely cause: allowed weights are moved, or the axis is wrong")
    }
    for size: Float in [0, 1e-38, 1e-20, 1e20, 1e37] {
      found.expect(
        "extremes", constraint.projected(points[0].map { $0 * size }, shape: shape).firstNotFinite == nil,
        "weights of size \(size) become not finite\nlikely cause: a division by a norm of 0, or a square that overflows"
      )
    }
  }
  found.checkEffects(of: constraint, registry) { $0.fingerprint }
  return found.results
}

extension Constraint {
  func projected(_ weight: [Float], shape: [Int]) -> [Float] {
    var projected = weight
    var span = projected.mutableSpan
    project(&span, shape: shape)
    return projected
  }
}

extension [Float] {
  fileprivate func distance(to other: [Float]) -> Double {
    zip(self, other).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }.squareRoot()
  }
}

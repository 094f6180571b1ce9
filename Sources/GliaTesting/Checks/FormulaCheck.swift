import GliaCore

extension ElementwiseActivation {
  /// Checks the formula's derivative against finite differences in double precision, then the implementation used in
  /// training, which may have its own loops, against both.
  func checkFormula(_ found: inout Findings) {
    var random = Random(seed: 1)
    let z = random.points(400, -8, 8)
    func point(_ i: Int) -> String { "z = \(z[i])" }
    let slopes = z.map { z in slope(formulaWidths, within: .formulas) { self(Double(z) + $0) } }
    found.compareSlopes(
      "formula's derivative", z.map { self(Dual<Double>(Double($0), 1)).derivative }, slopes, within: .formulas,
      got: "dual numbers give", cause: "a function without a derivative in the formula", at: point)
    // Lengths around the widths of vector registers, because loops often fail at the ends.
    for count in [1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 65, 400] {
      let part = Array(z.prefix(count))
      found.compare(
        "values", applied(to: part, width: count).doubles, part.map { self(Double($0)) }, within: .values,
        got: "apply gives", wanted: "the formula gives", cause: "apply computes something other than the formula",
        at: { "\(point($0)), number \($0) of \(count)" })
      let upstream = random.points(count, -2, 2)
      found.compareSlopes(
        "derivative", pulledBack(upstream, z: part, width: count).doubles,
        zip(upstream, slopes).map { upstream, slope in slope.map { $0 * Double(upstream) } }, within: .values,
        got: "the pullback gives", cause: derivativeCause,
        at: { "\(point($0)), number \($0) of \(count), gradient \(upstream[$0])" })
    }
  }

  /// Checks that the result is finite if the true value can be represented as a Float.
  func checkExtremes(_ found: inout Findings) {
    let tiny: [Float] = [0, .leastNonzeroMagnitude, 0x1p-130, .leastNormalMagnitude]
    let z = (tiny + [1e-6, 20, 88, 100, 1000, 1e4]).flatMap { [$0, -$0] }
    for z in z {
      let right = self(Double(z))
      let derivative = self(Dual<Double>(Double(z), 1)).derivative
      found.expect(
        "extremes", !right.isNaN && (!derivative.isNaN || !Float(right).isFinite),
        "at z = \(z) the formula gives \(right) and its derivative \(derivative)\n"
          + "likely cause: an exponential overflows; write it with T.sigmoid, T.softplus or T.tanh")
      guard Float(right).isFinite else { continue }
      found.compare(
        "extremes", applied(to: [z], width: 1).doubles, [right], within: .values, got: "apply gives",
        wanted: "the formula gives",
        cause: "an overflow, or cancellation, unless other points are wrong, too",
        at: { _ in "z = \(z)" })
      guard Float(derivative).isFinite else { continue }
      let pulled = pulledBack([1], z: [z], width: 1)
      if z.magnitude > 1e-30 {
        found.compare(
          "extremes", pulled.doubles, [derivative], within: .values, got: "the pullback gives",
          wanted: "the formula's derivative is",
          cause: "an overflow, or cancellation, unless other points are wrong, too",
          at: { _ in "z = \(z)" })
      } else {
        checkSlope(pulled[0], at: z, "slope at 0", &found)
      }
    }
  }

  /// Checks that, at kinks and jumps, the value is exact and the slope lies between the one-sided slopes.
  func checkKinks(_ found: inout Findings) {
    for z in (-64...64).map({ Float($0) / 8 }) {
      let beside = slopesBeside(z)
      guard beside.isKink else { continue }
      found.compare(
        "kinks", applied(to: [z], width: 1), [Float(self(Double(z)))], within: .exact, got: "apply gives",
        wanted: "the formula gives exactly", cause: "< instead of <=, or a rounded value",
        at: { _ in "z = \(z)" })
      checkSlope(pulledBack([1], z: [z], width: 1)[0], at: z, "kinks", &found)
    }
  }

  /// At a kink, any slope between the left and right slopes is valid; at a jump there is no slope to check.
  private func checkSlope(_ slope: Float, at z: Float, _ check: String, _ found: inout Findings) {
    let (slope, beside) = (Double(slope), slopesBeside(z))
    found.expect(
      check, beside.isJump && slope.isFinite || beside.contain(slope),
      "at z = \(z) the pullback gives \(slope.short), but the slope is \(beside.left.short) to the left and "
        + "\(beside.right.short) to the right\nlikely cause: \(derivativeCause)")
  }

  private func slopesBeside(_ z: Float) -> SlopesBeside {
    let (middle, h) = (self(Double(z)), 0x1p-28)
    return SlopesBeside(left: (middle - self(Double(z) - h)) / h, right: (self(Double(z) + h) - middle) / h)
  }
}

/// The slopes of a formula on both sides of a point, by one-sided finite differences.
private struct SlopesBeside {
  let left: Double
  let right: Double

  private var scale: Double { max(left.magnitude, right.magnitude, 1) }
  /// Whether they differ; false if the formula is undefined.
  var isKink: Bool { (left - right).magnitude > 1e-3 * scale }
  var isJump: Bool { scale > 1e6 }

  /// Whether a slope lies between the two one-sided slopes.
  func contain(_ slope: Double) -> Bool {
    slope >= min(left, right) - 1e-4 * scale && slope <= max(left, right) + 1e-4 * scale
  }
}

extension Link {
  /// The inverse of this link function, in double precision; nil for a custom link.
  func inverse(_ z: [Double], width: Int) -> [Double]? {
    switch self {
    case .identity: return z
    case .logistic: return z.map(Double.sigmoid)
    case .softmax:
      return stride(from: 0, to: z.count, by: width).flatMap { start in
        let row = z[start..<start + width]
        let powers = row.map { Double.exp($0 - (row.max() ?? 0)) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
      }
    default: return nil
    }
  }

  /// The gradient with respect to z, from the one with respect to a = f(z).
  func pullback(_ gradient: [Double], output a: [Double], width: Int) -> [Double] {
    switch self {
    case .logistic: return zip(gradient, a).map { $0 * $1 * (1 - $1) }
    case .softmax:
      return a.indices.map { i in
        let row = i / width * width..<(i / width + 1) * width
        return a[i] * (gradient[i] - row.reduce(0) { $0 + a[$1] * gradient[$1] })
      }
    default: return gradient
    }
  }
}

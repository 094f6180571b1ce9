import GliaCore

/// The slope of f at 0 by five-point central differences; nil if no width gives a reliable result, such as at a kink.
///
/// A width is reliable if half and a quarter of it give the same slope; near a kink, two widths alone may agree by chance.
/// The derivative under test is never used.
///
/// - Parameter widths: widths to try; powers of two keep the points exact in single precision.
func slope(_ widths: [Double], within tolerance: Tolerance, _ f: (Double) -> Double) -> Double? {
  func central(_ h: Double) -> Double { (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h) }
  for width in widths {
    let near = central(width / 2)
    let others = [central(width), central(width / 4)]
    if others.allSatisfy({ ($0 - near).magnitude <= tolerance.allowed(around: near) }) { return near }
  }
  return nil
}

/// Widths for formulas in double precision.
let formulaWidths = [0x1p-8, 0x1p-12]
/// Widths for functions in single precision.
let floatWidths = [0x1p-4, 0x1p-5, 0x1p-7]

extension Random {
  /// A value between `low` and `high` that avoids kinks: an odd multiple of 1/2048.
  mutating func point(_ low: Float, _ high: Float) -> Float {
    low + (2 * Float(below(Int((high - low) * 1024))) + 1) / 2048
  }

  /// Several such values.
  mutating func points(_ count: Int, _ low: Float, _ high: Float) -> [Float] {
    (0..<count).map { _ in point(low, high) }
  }
}

extension Findings {
  /// Compares derivatives with finite-difference slopes where those are reliable.
  mutating func compareSlopes(
    _ check: String, _ derivatives: [Double], _ slopes: [Double?], within tolerance: Tolerance, got: String,
    wanted: String = "central differences give", cause: String = "", at point: (Int) -> String
  ) {
    guard derivatives.count == slopes.count else {
      return compare(check, derivatives, slopes.compactMap { $0 }, within: tolerance, got: got, wanted: wanted)
    }
    let reliable = slopes.indices.filter { slopes[$0] != nil }
    guard 4 * reliable.count >= slopes.count else {
      return fail(
        check,
        "\(check): no reliable slope at \(slopes.count - reliable.count) of \(slopes.count) points; "
          + "the function has jumps or too many kinks, or is not finite")
    }
    compare(
      check, reliable.map { derivatives[$0] }, reliable.compactMap { slopes[$0] }, within: tolerance, got: got,
      wanted: wanted, cause: cause, at: { point(reliable[$0]) })
  }
}

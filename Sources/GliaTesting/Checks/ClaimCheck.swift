import GliaCore

extension Activation {
  /// Checks the declared properties of the activation: its range, monotonicity, useful derivative and link.
  func checkClaims(_ found: inout Findings) {
    var random = Random(seed: 6)
    let ends: [Float] = [100, 1000, 1e4]
    let points = (ends + ends.map { -$0 } + (-16...16).map { Float($0) / 2 } + random.points(400, -12, 12)).sorted()
    // Rows whose middle value increases while the others are constant.
    let z = points.flatMap { [0.3, $0, -0.7] as [Float] }
    let values = applied(to: z, width: 3)
    checkRange(z, values, &found)
    checkMonotonic(points, points.indices.map { Double(values[3 * $0 + 1]) }, &found)
    checkUsefulDerivative(random.points(30, -3, 3), &found)
    checkLink(&found)
  }

  private func checkRange(_ z: [Float], _ values: [Float], _ found: inout Findings) {
    guard let range else { return }
    // Rounding may exceed a bound by a few units in the last place, but never 0.
    found.compare(
      "range", values, values.map { $0.isNaN ? range.lowerBound : min(max($0, range.lowerBound), range.upperBound) },
      within: Tolerance(absolute: 0, relative: 1e-6), got: "the value is",
      wanted: "the nearest value in the declared range \(range) is",
      cause: "a wrong bound, or one that depends on a setting", at: { "z = \(z[$0])" })
  }

  private func checkMonotonic(_ z: [Float], _ values: [Double], _ found: inout Findings) {
    guard (self as? any MonotonicityClaim)?.isMonotonic == true else { return }
    var highest = 0
    // For each point, the earlier point with the highest value.
    let before = z.indices.map { i in
      if values[i] > values[highest] || values[highest].isNaN { highest = i }
      return values[i].isNaN ? i : highest
    }
    found.compare(
      "monotonic", values, before.map { values[$0] }, within: .rounding, got: "the value falls to", wanted: "it was",
      cause: "isMonotonic is true, but the function decreases", at: { "z = \(z[$0]), after z = \(z[before[$0]])" })
  }

  private func checkUsefulDerivative(_ z: [Float], _ found: inout Findings) {
    let gradient = pulledBack(z.map { $0 + 5 }, z: z, width: 3)
    let passed = gradient.first { $0 != 0 }
    found.expect(
      "useful derivative", (passed != nil) == hasUsefulDerivative,
      passed.map { "the pullback gives \($0) although hasUsefulDerivative is false" }
        ?? "the pullback gives 0 everywhere, so earlier layers cannot learn\n"
        + "likely cause: a step function; set hasUsefulDerivative to false")
  }

  /// Checks that the activation is the inverse of its declared link.
  private func checkLink(_ found: inout Findings) {
    guard let link else { return }
    if link == .threshold { return checkThreshold(&found) }
    var random = Random(seed: 5)
    let z = random.points(12, -4, 4)
    guard let right = link.inverse(z.doubles, width: 4) else { return }
    found.compare(
      "link", applied(to: z, width: 4).doubles, right, within: .values, got: "the activation gives",
      wanted: "the link \(link.name) gives", cause: "a wrong link for this function",
      at: { "z = \(z[$0])" })
  }

  /// Checks that only the sign of z matters: one value below 0, and a larger one above.
  private func checkThreshold(_ found: inout Findings) {
    let z: [Float] = [1e-30, 0.001, 0.5, 1, 7, 1e4]
    let (below, above) = (applied(to: z.map { -$0 }, width: 1), applied(to: z, width: 1))
    found.expect(
      "link", Set(below).count == 1 && Set(above).count == 1 && below[0] < above[0],
      "at z = \(z) the values are \(above), at -z \(below); the threshold link requires one value below 0 "
        + "and a larger one above\nlikely cause: a wrong link for this function")
  }
}

import GliaCore

/// Checks an activation: values against its formula in double precision, the derivative against central differences,
/// exact values at kinks and jumps, extreme inputs, batches, reproducibility, settings, and its declared properties: range,
/// monotonicity, link and useful derivative.
///
/// - Parameters:
///   - activation: the activation, elementwise or over rows.
///   - registry: the registry for components among its settings.
public func checkActivation(_ activation: any Activation, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(activation)
  guard found.checkSettings(of: activation, registry) else { return found.results }
  if let formula = activation as? any ElementwiseActivation {
    formula.checkFormula(&found)
    formula.checkKinks(&found)
    formula.checkExtremes(&found)
  } else {
    activation.checkRows(&found)
    activation.checkRowExtremes(&found)
  }
  activation.checkBatches(&found)
  activation.checkNaN(&found)
  activation.checkClaims(&found)
  found.checkEffects(of: activation, registry) { $0.fingerprint }
  return found.results
}

extension Activation {
  private var rowWidths: [Int] { [1, 2, 3, 5, 8, 17, 33] }

  /// Checks the pullback against finite differences of Σ upstream · f(z).
  fileprivate func checkRows(_ found: inout Findings) {
    var random = Random(seed: 3)
    for width in rowWidths {
      let z = random.points(2 * width, -3, 3)
      let upstream = random.points(2 * width, -2, 2)
      let slopes = z.indices.map { i in
        slope(floatWidths, within: .slopes) { applied(to: z.moving(i, by: $0), width: width).dot(upstream) }
      }
      found.compareSlopes(
        "derivative", pulledBack(upstream, z: z, width: width).doubles, slopes, within: .slopes,
        got: "the pullback gives", cause: derivativeCause,
        at: { "row \($0 / width) of width \(width), column \($0 % width), z = \(z[$0])" })
    }
  }

  var derivativeCause: String {
    needsInput
      ? "a wrong derivative, or one that is not multiplied by the upstream gradient"
      : "a wrong derivative, or one that reads z although needsInput is false"
  }

  /// Checks that rows are independent, the same row gives the same bits, and an empty batch works.
  fileprivate func checkBatches(_ found: inout Findings) {
    var random = Random(seed: 4)
    for width in rowWidths {
      found.expect(
        "empty batch", applied(to: [], width: width).isEmpty && pulledBack([], z: [], width: width).isEmpty,
        "an empty batch of width \(width) gives values")
      let z = random.points(3 * width, -4, 4)
      let upstream = random.points(3 * width, -2, 2)
      let (values, gradient) = (applied(to: z, width: width), pulledBack(upstream, z: z, width: width))
      found.expect(
        "same bits",
        values.hasSameBits(as: applied(to: z, width: width))
          && gradient.hasSameBits(as: pulledBack(upstream, z: z, width: width)),
        "the same \(3 * width) values give a different result the second time")
      for row in 0..<3 {
        let alone = z.row(row, width: width)
        found.compare(
          "batch of one", applied(to: alone, width: width), values.row(row, width: width), within: .rounding,
          got: "alone a row gives", wanted: "in a batch", cause: "rows are not independent: the loops ignore the width",
          at: { "row \(row) of width \(width), column \($0)" })
        found.compare(
          "batch of one", pulledBack(upstream.row(row, width: width), z: alone, width: width),
          gradient.row(row, width: width), within: .rounding, got: "alone a row's pullback gives",
          wanted: "in a batch", cause: "rows are not independent: the loops ignore the width",
          at: { "row \(row) of width \(width), column \($0)" })
      }
    }
  }

  /// Checks that NaN appears in its own row, so that failed training is noticed, and in no other row.
  fileprivate func checkNaN(_ found: inout Findings) {
    for width in [1, 3, 17] {
      let other = [Float](repeating: 0.5, count: width)
      var row = other
      row[width - 1] = .nan
      let values = applied(to: row + other, width: width)
      found.expect(
        "NaN stays NaN", values.prefix(width).contains { $0.isNaN },
        "NaN as the last of \(width) values gives \(values[width - 1])\n"
          + "likely cause: comparisons with NaN are false; handle the case that returns z last")
      found.compare(
        "NaN stays in its row", Array(values.suffix(width)), applied(to: other, width: width), within: .rounding,
        got: "next to a row with NaN, a row gives", wanted: "alone")
    }
  }

  /// Checks that extreme rows give finite values, unless the function grows like e^z.
  fileprivate func checkRowExtremes(_ found: inout Findings) {
    let grows = applied(to: [40, -40, 0], width: 3).contains { $0.magnitude > 1e6 }
    let tiny = Float.leastNonzeroMagnitude
    for z: [Float] in [
      [1e4, 0, -1e4], [1000, -1000, 999], [1e4, 1e4, 1e4], [-1e4, -1e4, -1e4], [0, -0.0, 0],
      [tiny, -tiny, 1000 * tiny],
    ] {
      let outputs = [
        ("gives", applied(to: z, width: 3)), ("has the pullback", pulledBack([1, -2, 0.5], z: z, width: 3)),
      ]
      for (what, values) in outputs {
        let bad = values.first { $0.isNaN || (!grows && !$0.isFinite) }
        found.expect(
          "extremes", bad == nil,
          "the row \(z) \(what) \(values)\nlikely cause: e^z overflows; subtract the largest z of the row first")
      }
    }
  }
}

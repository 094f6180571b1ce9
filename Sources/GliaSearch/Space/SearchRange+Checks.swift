import GliaCore
import RealModule

extension SearchRange {
  /// Throws unless the ends are those of a range.
  static func check(_ low: Double, _ high: Double, isLogarithmic: Bool, isWhole: Bool) throws {
    let text = "\(low.plain)..\(high.plain)"
    guard low.isFinite, high.isFinite else {
      throw GliaError("the range \(text) has no finite ends", expected: "two numbers, such as 0..1")
    }
    guard low <= high else {
      throw GliaError(
        "the range \(text) is reversed", expected: "the smaller number first",
        remedy: "write \(high.plain)..\(low.plain)")
    }
    guard (high - low).isFinite else {
      throw GliaError("the range \(text) is too wide", expected: "a width that is a finite number")
    }
    guard !isLogarithmic || low > 0 else {
      throw GliaError(
        "the logarithmic range \(text) begins at \(low.plain)", expected: "numbers above 0",
        remedy: "begin at \(isWhole ? "1" : "a small number such as 1e-6"), or use \(isWhole ? "int:" : "")\(text)")
    }
    guard !isWhole || (low == low.rounded() && high == high.rounded()) else {
      throw GliaError(
        "the range of whole numbers \(text) has an end that is not whole", expected: "whole numbers, such as 2..64",
        remedy: "leave 'int' out for real numbers")
    }
    guard !isWhole || max(low.magnitude, high.magnitude) <= 0x1p52 else {
      throw GliaError("the range of whole numbers \(text) is too large", expected: "numbers up to 2^52")
    }
  }

  /// Throws unless the step is possible; returns the values of a logarithmic range.
  static func rungs(_ low: Double, _ high: Double, isLogarithmic: Bool, isWhole: Bool, step: Double) throws -> [Double]
  {
    let text = "the step \(step.plain) of \(low.plain)..\(high.plain)"
    guard step.isFinite, step > (isLogarithmic ? 1 : 0) else {
      throw GliaError(
        "\(text) is not positive", expected: isLogarithmic ? "a factor above 1, such as 10" : "a number above 0",
        remedy: "change it, or leave it out")
    }
    guard isLogarithmic else {
      guard !isWhole || step == step.rounded() else {
        throw GliaError("\(text) is not whole", expected: "a whole number", remedy: "leave 'int' out for real numbers")
      }
      guard (high - low) / step < 1e9 else {
        throw GliaError("\(text) is too small", expected: "at most 1,000,000,000 values", remedy: "leave the step out")
      }
      return []
    }
    var (rungs, value) = ([low], low)
    for _ in 0..<10_000 {
      value *= step
      let next = isWhole ? value.rounded() : Double(value.brief(digits: 12)) ?? value
      guard next <= high * (1 + 1e-9) else { return rungs }
      if let last = rungs.last, next > last { rungs.append(min(next, high)) }
    }
    throw GliaError("\(text) is too small", expected: "at most 10,000 values", remedy: "leave the step out")
  }
}

extension Double {
  /// The number without `.0` if it is whole.
  var plain: String { magnitude < 1e15 ? Int(exactly: self).map { "\($0)" } ?? "\(self)" : "\(self)" }

  /// Returns the number with that many significant digits.
  func brief(digits: Int) -> String {
    guard isFinite, self != 0 else { return "\(self)" }
    let scale = Double.exp10(Double(digits - 1) - Double.log10(magnitude).rounded(.down))
    let result = (self * scale).rounded() / scale
    return "\(result.isFinite ? result : self)"
  }
}

import Foundation

/// How far a measured number may lie from the expected one: absolute + relative · |expected|.
struct Tolerance: Hashable, Sendable {
  var absolute: Double
  var relative: Double

  /// Values and gradients computed in single precision.
  static let values = Tolerance(absolute: 1e-6, relative: 1e-5)
  /// The final weights of a training.
  static let weights = Tolerance(absolute: 1e-5, relative: 1e-5)
  /// Slopes of a single-precision function by differences: far below an error of 1 %, above rounding.
  static let slopes = Tolerance(absolute: 2e-4, relative: 2e-3)
  /// Formulas in double precision.
  static let formulas = Tolerance(absolute: 1e-8, relative: 1e-6)
  /// Two ways to one number that differ in rounding only.
  static let rounding = Tolerance(absolute: 1e-6, relative: 1e-6)
  /// No difference at all.
  static let exact = Tolerance(absolute: 0, relative: 0)

  func allowed(around expected: Double) -> Double { absolute + relative * expected.magnitude }
}

extension Double {
  /// Six significant digits.
  var short: String { String(format: "%.6g", self) }
  /// Two significant digits.
  var brief: String { String(format: "%.2g", self) }
}

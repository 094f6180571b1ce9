import Foundation

/// The allowed difference between a measured and an expected value: absolute + relative · |expected|.
struct Tolerance: Hashable, Sendable {
  var absolute: Double
  var relative: Double

  /// Values and gradients computed in single precision.
  static let values = Tolerance(absolute: 1e-6, relative: 1e-5)
  /// The final weights of a training run.
  static let weights = Tolerance(absolute: 1e-5, relative: 1e-5)
  /// Slopes of a single-precision function by finite differences: far below an error of 1 %, above rounding error.
  static let slopes = Tolerance(absolute: 2e-4, relative: 2e-3)
  /// Formulas in double precision.
  static let formulas = Tolerance(absolute: 1e-8, relative: 1e-6)
  /// Two computations of the same value that differ only in rounding.
  static let rounding = Tolerance(absolute: 1e-6, relative: 1e-6)
  /// No difference at all.
  static let exact = Tolerance(absolute: 0, relative: 0)

  func allowed(around expected: Double) -> Double { absolute + relative * expected.magnitude }
}

extension Double {
  /// Six significant digits.
  var short: String { String(format: "%.6g", self) }
  /// This error relative to the expected value, such as ` or 12 %`; empty if that is not informative.
  func share(of right: Double) -> String {
    let share = magnitude / right.magnitude
    guard share.isFinite, right != 0 else { return "" }
    if share < 10 { return " or \(String(format: "%.3g", 100 * share)) %" }
    return share < 1e6 ? " or \(Int(share.rounded()).grouped) times as much" : ""
  }

  /// Two significant digits.
  var brief: String { String(format: "%.2g", self) }
}

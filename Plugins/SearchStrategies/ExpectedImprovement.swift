import GliaCore
import RealModule

/// The logarithm of the expected improvement over the best value: ln E max(best - f(x), 0).
///
/// Sources: Jones, Schonlau and Welch, "Efficient global optimization of expensive black-box functions" (1998); Ament et al.,
/// "Unexpected improvements to expected improvement for Bayesian optimization" (2023), for the logarithm.
struct ExpectedImprovement {
  let process: GaussianProcess
  let best: Double

  /// Returns the logarithm at a point.
  func value(_ x: [Double]) -> Double {
    let (mean, deviation) = process.predict(x)
    return .log(deviation) + Self.logarithm((best - mean) / deviation).value
  }

  /// Returns the negative logarithm and its gradient.
  func loss(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    let (mean, deviation, dMean, dDeviation) = process.gradients(x)
    let z = (best - mean) / deviation
    let (value, slope) = Self.logarithm(z)
    let gradient = zip(dMean, dDeviation).map { dMean, dDeviation in
      -(slope * (-dMean - z * dDeviation) + dDeviation) / deviation
    }
    return (-.log(deviation) - value, gradient)
  }

  /// Returns ln h(z), where h(z) = φ(z) + z Φ(z), and its derivative Φ(z) / h(z).
  static func logarithm(_ z: Double) -> (value: Double, slope: Double) {
    let square = z * z
    let logDensity = -square / 2 - 0.5 * Double.log(2 * .pi)
    guard z < -10 else {
      let cumulative = 0.5 * Double.erfc(-z / 2.squareRoot())
      let h = Double.exp(logDensity) + z * cumulative
      return (.log(h), cumulative / h)
    }
    // Asymptotic series: h = φ/z² (1 - 3/z² + 15/z⁴ - …), Φ = φ/|z| (1 - 1/z² + 3/z⁴ - …).
    let h = 1 - 3 / square + 15 / (square * square) - 105 / (square * square * square)
    let cumulative = 1 - 1 / square + 3 / (square * square) - 15 / (square * square * square)
    return (logDensity - .log(square) + .log(h), -z * cumulative / h)
  }
}

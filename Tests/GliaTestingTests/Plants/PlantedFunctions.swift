import GliaCore
import GliaTesting

/// z e^z, which declares a range of 0 or more; it violates this only slightly far below 0, but by 1 / e at -1.
struct PlantedDip: ElementwiseActivation {
  static let name = "planted_dip"
  var range: ClosedRange<Float>? { 0...(.infinity) }
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 80 ? z : z * .exp(z) }
}

/// The exponential linear unit with a given fault.
struct PlantedFunction: ElementwiseActivation, MonotonicityClaim {
  static let name = "planted_function"
  var fault = ""
  var alpha: Float = 0.5
  init() {}
  init(_ fault: String) { self.fault = fault }
  var range: ClosedRange<Float>? { fault == "range" ? -0.25...(.infinity) : nil }
  var hasUsefulDerivative: Bool { fault != "useless" }
  var link: Link? { fault == "link" ? .identity : nil }

  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
    let alpha = fault == "setting" ? T(0.5) : T(alpha)
    if fault == "dips" { return z > 0 || z < -4 ? z : alpha * (.exp(z) - 1) - z }
    if fault == "infinity" { return z / (1 + .exp(-z)) * (.exp(z) / .exp(z)) }
    return z < 0 ? alpha * .expMinusOne(z) : z
  }

  func apply(_ values: inout MutableSpan<Float>, width: Int) {
    let first = values.isEmpty ? 0 : values[0]
    for i in values.indices {
      let z = values[i]
      var a = self(z)
      switch fault {
      case "saturates": a = z > 6 ? 6 : a
      case "rounds": a = (a * 1000).rounded() / 1000
      case "mixes": a += 0.01 * first
      case "remembers": a *= 1 + 1e-3 * (Calls.next() / 100).truncatingRemainder(dividingBy: 1)
      case "large": a = z > 90 ? .exp(z) / .exp(z) : a
      case "negative zero": a = z == 0 ? 0.001 : a
      default: break
      }
      values[i] = a
    }
  }

  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices {
      let slope: Float = z[i] < 0 ? (fault == "setting" ? 0.5 : alpha) * .exp(z[i]) : 1
      switch fault {
      case "left slope": gradient[i] *= z[i] < 0 ? alpha : 1
      case "right slope": gradient[i] *= z[i] < 0 ? slope : 0.99
      case "gradient ignored": gradient[i] = slope
      case "gradient squared": gradient[i] *= gradient[i] * slope
      case "first alone": gradient[i] *= i == 0 ? slope : 1
      case "output for input": gradient[i] *= a[i] < 0 ? alpha * .exp(a[i]) : 1
      case "dips", "infinity": gradient[i] *= self(Dual<Float>(z[i], 1)).derivative
      default: gradient[i] *= slope
      }
    }
  }
}

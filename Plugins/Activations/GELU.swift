import GliaCore
import GliaInitializers
import GliaKernels

/// The Gaussian error linear unit: f(z) = z Φ(z) = ½ z (1 + erf(z / √2)).
///
/// The approximation is ½ z (1 + tanh(√(2/π) (z + 0.044715 z³))).
///
/// Source: Hendrycks and Gimpel, "Gaussian error linear units" (2016).
public struct GELU: ElementwiseActivation {
  public static let name = "gelu"
  public static let summary = "z · Φ(z), with Φ the standard normal CDF"
  /// Whether to use the tanh approximation instead of the error function.
  public var approximate = false
  /// Creates the exact GELU.
  public init() {}
  /// Creates a GELU, exact or approximate.
  public init(approximate: Bool) { self.approximate = approximate }
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { (approximate ? -0.17004077 : -0.16997123)...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
    if approximate { return z * .sigmoid(1.5957691216057308 * (z + 0.044715 * z * z * z)) }
    return 0.5 * z * (1 + .erf(0.7071067811865476 * z))
  }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) {
    values.apply { count, z, a in approximate ? glia_gelu_tanh(count, z, a) : glia_gelu(count, z, a) }
  }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.apply(with: z) { count, z, dy, dx in
      approximate ? glia_gelu_tanh_pullback(count, z, dy, dx) : glia_gelu_pullback(count, z, dy, dx)
    }
  }
}

extension Activation where Self == GELU {
  /// `GELU` with the default settings.
  public static var gelu: GELU { GELU() }
  /// The Gaussian error linear unit.
  public static func gelu(approximate: Bool = false) -> GELU { GELU(approximate: approximate) }
}

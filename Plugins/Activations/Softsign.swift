import GliaCore

/// A sigmoidal function that saturates slowly: f(z) = z / (1 + |z|), f′(z) = 1 / (1 + |z|)²; range from -1 to 1.
///
/// Source: Bergstra, Desjardins, Lamblin and Bengio, "Quadratic polynomials learn better image features" (2009).
public struct Softsign: ElementwiseActivation {
  public static let name = "softsign"
  public static let summary = "z / (1 + |z|)"
  /// Creates the softsign activation.
  public init() {}
  public var range: ClosedRange<Float>? { -1...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z / (1 + (z < 0 ? -z : z)) }

  // The quotient rule suffers from cancellation for large |z|.
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices {
      let scale = 1 / (1 + z[i].magnitude)
      gradient[i] *= scale * scale
    }
  }
}

extension Activation where Self == Softsign {
  /// A sigmoidal function that saturates slowly.
  public static var softsign: Softsign { Softsign() }
}

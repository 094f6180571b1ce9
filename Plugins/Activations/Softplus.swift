import GliaCore
import GliaKernels

/// A smooth approximation of the rectifier: f(z) = ln(1 + eᶻ), f′(z) = σ(z) = 1 - e^(-f(z)).
///
/// Source: Dugas, Bengio, Bélisle, Nadeau and Garcia, "Incorporating second-order functional knowledge for better option
/// pricing" (2001).
public struct Softplus: ElementwiseActivation {
  public static let name = "softplus"
  public static let summary = "ln(1 + eᶻ)"
  /// Creates the softplus activation.
  public init() {}
  public var needsInput: Bool { false }
  public var range: ClosedRange<Float>? { 0...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .softplus(z) }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) { values.apply { glia_softplus($0, $1, $2) } }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices { gradient[i] *= -glia_expm1f(-a[i]) }
  }
}

extension Activation where Self == Softplus {
  /// A smooth approximation of the rectifier.
  public static var softplus: Softplus { Softplus() }
}

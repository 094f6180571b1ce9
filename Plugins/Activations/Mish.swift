import GliaCore
import GliaInitializers
import GliaKernels

/// A smooth, non-monotonic activation: f(z) = z tanh s with s = ln(1 + eᶻ), f′(z) = tanh s + z σ(z) / cosh² s.
///
/// Source: Misra, "Mish: a self regularized non-monotonic activation function" (2020).
public struct Mish: ElementwiseActivation {
  public static let name = "mish"
  public static let summary = "z · tanh(softplus(z))"
  /// Creates the Mish activation.
  public init() {}
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { -0.30884343...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * .tanh(.softplus(z)) }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) {
    for i in values.indices { values[i] *= glia_tanhf(glia_softplusf(values[i])) }
  }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices {
      let s = glia_softplusf(z[i])
      // 1 / cosh² s = 4 σ(2s) σ(-2s) avoids the cancellation in 1 - tanh² s.
      let slope = 4 * glia_sigmoidf(2 * s) * glia_sigmoidf(-2 * s) * glia_sigmoidf(z[i])
      gradient[i] *= glia_tanhf(s) + z[i] * slope
    }
  }
}

extension Activation where Self == Mish {
  /// A smooth, non-monotonic activation.
  public static var mish: Mish { Mish() }
}

import GliaCore
import GliaInitializers

/// A smooth unit that dips below 0: f(z) = z tanh(ln(1 + eᶻ)).
///
/// Source: Misra, "Mish: a self regularized non-monotonic activation function" (2020).
public struct Mish: ElementwiseActivation {
  public static let name = "mish"
  public static let summary = "z · tanh(softplus(z))"
  /// z tanh(softplus(z)).
  public init() {}
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { -0.30884343...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * .tanh(.softplus(z)) }
}

extension Activation where Self == Mish {
  /// A smooth unit that dips below 0.
  public static var mish: Mish { Mish() }
}

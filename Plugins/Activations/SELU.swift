import GliaCore
import GliaInitializers

/// The scaled exponential linear unit: f(z) = λ z for z > 0, λ α (eᶻ - 1) otherwise, with λ = 1.0507… and α = 1.6733….
///
/// The constants make mean 0 and variance 1 a fixed point of layers whose weights have variance 1 / fan_in.
///
/// Source: Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks" (2017).
public struct SELU: ElementwiseActivation {
  public static let name = "selu"
  public static let summary = "1.0507 · elu(z) with alpha 1.6733"
  /// Creates the SELU activation.
  public init() {}
  /// LeCun's normal initializer, which the fixed point requires.
  public var fittingInitializer: (any Initializer)? { LeCunNormal() }
  public var range: ClosedRange<Float>? { -1.7580993408473766...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
    z > 0 ? 1.0507009873554805 * z : 1.7580993408473766 * .expMinusOne(z)
  }
}

extension Activation where Self == SELU {
  /// The scaled exponential linear unit.
  public static var selu: SELU { SELU() }
}

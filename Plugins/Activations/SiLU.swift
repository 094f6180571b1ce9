import GliaCore
import GliaInitializers

/// The sigmoid-weighted linear unit: f(z) = z σ(z), f′(z) = σ(z) (1 + z σ(-z)).
///
/// Sources: Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in
/// reinforcement learning" (2018); as swish: Ramachandran, Zoph and Le, "Searching for activation functions" (2017).
public struct SiLU: ElementwiseActivation {
  public static let name = "silu"
  public static let aliases = ["swish"]
  public static let summary = "z · sigmoid(z)"
  /// Creates the SiLU activation.
  public init() {}
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { -0.27846456...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * .sigmoid(z) }
}

extension Activation where Self == SiLU {
  /// The sigmoid-weighted linear unit.
  public static var silu: SiLU { SiLU() }
}

import GliaCore
import GliaInitializers

/// A piecewise approximation of SiLU without exponentials: f(z) = 0 for z ≤ -3, z (z + 3) / 6 in between, z for z ≥ 3.
///
/// Source: Howard et al., "Searching for MobileNetV3" (2019).
public struct HardSiLU: ElementwiseActivation {
  public static let name = "hard_silu"
  public static let aliases = ["hard_swish"]
  public static let summary = "z · hard_sigmoid(z)"
  /// Creates the hard SiLU activation.
  public init() {}
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { -0.375...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z <= -3 ? 0 : z >= 3 ? z : z * (z + 3) / 6 }
}

extension Activation where Self == HardSiLU {
  /// A piecewise approximation of SiLU without exponentials.
  public static var hardSiLU: HardSiLU { HardSiLU() }
}

import GliaCore
import GliaInitializers

/// A sigmoid-weighted unit without exponentials: f(z) = 0 up to -3, z (z + 3) / 6 between, z from 3 on.
///
/// Source: Howard et al., "Searching for MobileNetV3" (2019).
public struct HardSiLU: ElementwiseActivation {
  public static let name = "hard_silu"
  public static let aliases = ["hard_swish"]
  public static let summary = "z · hard_sigmoid(z)"
  /// z hard_sigmoid(z).
  public init() {}
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { -0.375...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z <= -3 ? 0 : z >= 3 ? z : z * (z + 3) / 6 }
}

extension Activation where Self == HardSiLU {
  /// A sigmoid-weighted unit without exponentials.
  public static var hardSiLU: HardSiLU { HardSiLU() }
}

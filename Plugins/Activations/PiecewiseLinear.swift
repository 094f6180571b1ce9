import GliaCore

/// A ramp between two steps: f(z) = 0 up to -½, z + ½ between, 1 from ½ on; f′ is taken as 0 at ±½.
///
/// Source: Haykin, "Neural networks: a comprehensive foundation" (1994), section 1.3.
public struct PiecewiseLinear: ElementwiseActivation {
  public static let name = "piecewise_linear"
  public static let summary = "z + 1/2, cut off at 0 and 1"
  /// z + ½, cut off at 0 and 1.
  public init() {}
  public var range: ClosedRange<Float>? { 0...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z <= -0.5 ? 0 : z >= 0.5 ? 1 : z + 0.5 }
}

extension Activation where Self == PiecewiseLinear {
  /// A ramp from 0 to 1.
  public static var piecewiseLinear: PiecewiseLinear { PiecewiseLinear() }
}

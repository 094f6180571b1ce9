import GliaCore

/// A ramp from 0 to 1: f(z) = 0 for z ≤ -½, z + ½ in between, 1 for z ≥ ½; f′(±½) is taken as 0.
///
/// Source: Haykin, "Neural networks: a comprehensive foundation" (1994), section 1.3.
public struct PiecewiseLinear: ElementwiseActivation {
  public static let name = "piecewise_linear"
  public static let summary = "z + 1/2, clipped to [0, 1]"
  /// Creates the piecewise linear activation.
  public init() {}
  public var range: ClosedRange<Float>? { 0...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z <= -0.5 ? 0 : z >= 0.5 ? 1 : z + 0.5 }
}

extension Activation where Self == PiecewiseLinear {
  /// A ramp from 0 to 1.
  public static var piecewiseLinear: PiecewiseLinear { PiecewiseLinear() }
}

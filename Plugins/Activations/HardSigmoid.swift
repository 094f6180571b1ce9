import GliaCore

/// A piecewise linear approximation of the sigmoid: f(z) = 0 for z ≤ -3, (z + 3) / 6 in between, 1 for z ≥ 3; f′(±3) is
/// taken as 0.
///
/// Source: Courbariaux, Bengio and David, "BinaryConnect" (2015), with the slope 1/6 of Howard et al., "Searching for
/// MobileNetV3" (2019).
public struct HardSigmoid: ElementwiseActivation {
  public static let name = "hard_sigmoid"
  public static let summary = "(z + 3) / 6, clipped to [0, 1]"
  /// Creates the hard sigmoid activation.
  public init() {}
  public var range: ClosedRange<Float>? { 0...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z <= -3 ? 0 : z >= 3 ? 1 : (z + 3) / 6 }
}

extension Activation where Self == HardSigmoid {
  /// A piecewise linear approximation of the sigmoid.
  public static var hardSigmoid: HardSigmoid { HardSigmoid() }
}

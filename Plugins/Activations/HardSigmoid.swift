import GliaCore

/// A sigmoid of straight lines: f(z) = 0 up to -3, (z + 3) / 6 between, 1 from 3 on; f′ is taken as 0 at ±3.
///
/// Source: Courbariaux, Bengio and David, "BinaryConnect" (2015), with the slope 1/6 of Howard et al., "Searching for
/// MobileNetV3" (2019).
public struct HardSigmoid: ElementwiseActivation {
  public static let name = "hard_sigmoid"
  public static let summary = "(z + 3) / 6, cut off at 0 and 1"
  /// (z + 3) / 6, cut off at 0 and 1.
  public init() {}
  public var range: ClosedRange<Float>? { 0...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z <= -3 ? 0 : z >= 3 ? 1 : (z + 3) / 6 }
}

extension Activation where Self == HardSigmoid {
  /// A sigmoid of straight lines.
  public static var hardSigmoid: HardSigmoid { HardSigmoid() }
}

import GliaCore

/// A piecewise linear approximation of the hyperbolic tangent: f(z) = min(max(z, -1), 1); f′(±1) is taken as 0.
///
/// Source: Collobert, "Large scale machine learning" (2004).
public struct HardTanh: ElementwiseActivation {
  public static let name = "hard_tanh"
  public static let summary = "z, clipped to [−1, 1]"
  /// Creates the hard tanh activation.
  public init() {}
  public var needsInput: Bool { false }
  public var range: ClosedRange<Float>? { -1...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z <= -1 ? -1 : z >= 1 ? 1 : z }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices { gradient[i] = a[i].magnitude < 1 ? gradient[i] : 0 }
  }
}

extension Activation where Self == HardTanh {
  /// A piecewise linear approximation of the hyperbolic tangent.
  public static var hardTanh: HardTanh { HardTanh() }
}

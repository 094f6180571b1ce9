import GliaCore

/// The sign: f(z) = -1 below 0, 1 above, 0 at 0; f′(z) = 0.
///
/// Nothing below it learns by gradients; the loss that fits it, the perceptron's, learns from z.
///
/// Source: Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the brain"
/// (1958).
public struct Sign: ElementwiseActivation {
  public static let name = "sign"
  public static let summary = "−1 below 0, 1 above, 0 at 0"
  /// The sign.
  public init() {}
  public var needsInput: Bool { false }
  public var link: Link? { .threshold }
  public var hasUsefulDerivative: Bool { false }
  public var range: ClosedRange<Float>? { -1...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
    if z == 0 { return 0 }
    return z > 0 ? 1 : z < 0 ? -1 : z
  }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.update(repeating: 0)
  }
}

extension Activation where Self == Sign {
  /// The sign.
  public static var sign: Sign { Sign() }
}

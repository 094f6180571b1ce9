import GliaCore

/// The sign function: f(z) = -1 for z < 0, 1 for z > 0, 0 for z = 0; f′(z) = 0.
///
/// Because the derivative is 0, layers below it cannot be trained by backpropagation; the perceptron loss, which suits it,
/// uses z instead.
///
/// Source: Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the brain"
/// (1958).
public struct Sign: ElementwiseActivation {
  public static let name = "sign"
  public static let summary = "−1 below 0, 1 above, 0 at 0"
  /// Creates the sign activation.
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
  /// The sign function.
  public static var sign: Sign { Sign() }
}

import GliaCore

/// The unit step function: f(z) = 0 for z < 0, 1 for z > 0, at_zero for z = 0; f′(z) = 0.
///
/// The value at 0 is a convention: 1 in most texts on perceptrons, ½ where symmetry matters. Because the derivative is 0,
/// layers below a step cannot be trained by backpropagation; the perceptron loss, which suits it, uses z instead.
///
/// Source: McCulloch and Pitts, "A logical calculus of the ideas immanent in nervous activity" (1943).
public struct Heaviside: ElementwiseActivation {
  public static let name = "heaviside"
  public static let aliases = ["step", "unit_step"]
  public static let summary = "0 below 0, 1 above, at_zero at 0"
  /// The value at z = 0, from 0 to 1.
  public var atZero: Float = 1
  /// Creates a unit step with value 1 at 0.
  public init() {}
  /// Creates a unit step with the given value at 0.
  public init(atZero: Float) { self.atZero = atZero }
  public func validate() throws {
    try require((0...1).contains(atZero), "at_zero", atZero, expected: "a number from 0 to 1")
  }
  public var needsInput: Bool { false }
  public var link: Link? { .threshold }
  public var hasUsefulDerivative: Bool { false }
  public var range: ClosedRange<Float>? { 0...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
    if z == 0 { return T(atZero) }
    return z > 0 ? 1 : z < 0 ? 0 : z
  }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.update(repeating: 0)
  }
}

extension Activation where Self == Heaviside {
  /// `Heaviside` with the default settings.
  public static var heaviside: Heaviside { Heaviside() }
  /// The unit step function.
  public static func heaviside(atZero: Float = 1) -> Heaviside { Heaviside(atZero: atZero) }
}

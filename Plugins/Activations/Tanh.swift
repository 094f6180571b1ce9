import GliaCore
import GliaKernels

/// The hyperbolic tangent: f(z) = tanh z, f′(z) = 1 - f(z)²; range from -1 to 1.
public struct Tanh: ElementwiseActivation {
  public static let name = "tanh"
  public static let summary = "the hyperbolic tangent"
  /// Creates the tanh activation.
  public init() {}
  public var needsInput: Bool { false }
  public var range: ClosedRange<Float>? { -1...1 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .tanh(z) }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) { values.apply { glia_tanh($0, $1, $2) } }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.apply(with: a) { glia_tanh_pullback($0, $1, $2, $3) }
  }
}

extension Activation where Self == Tanh {
  /// The hyperbolic tangent.
  public static var tanh: Tanh { Tanh() }
}

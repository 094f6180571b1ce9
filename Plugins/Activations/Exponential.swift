import GliaCore
import GliaKernels

/// The exponential function: f(z) = f′(z) = eᶻ; always positive.
public struct Exponential: ElementwiseActivation {
  public static let name = "exponential"
  public static let aliases = ["exp"]
  public static let summary = "eᶻ"
  /// Creates the exponential activation.
  public init() {}
  public var needsInput: Bool { false }
  public var range: ClosedRange<Float>? { 0...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .exp(z) }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) { values.apply { glia_exp($0, $1, $2) } }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices { gradient[i] *= a[i] }
  }
}

extension Activation where Self == Exponential {
  /// The exponential function.
  public static var exponential: Exponential { Exponential() }
}

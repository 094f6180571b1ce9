import GliaCore

/// The identity: f(z) = z, f′(z) = 1.
public struct Linear: ElementwiseActivation {
  public static let name = "linear"
  public static let aliases = ["identity"]
  public static let summary = "the identity"
  /// Creates the identity activation.
  public init() {}
  public var needsInput: Bool { false }
  public var link: Link? { .identity }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z }
  public func apply(_ values: inout MutableSpan<Float>, width: Int) {}
  public func pullback(
    _ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int
  ) {}
}

extension Activation where Self == Linear {
  /// The identity.
  public static var linear: Linear { Linear() }
}

import GliaCore

/// The arctangent: f(z) = arctan z, f′(z) = 1 / (1 + z²); range from -π/2 to π/2.
public struct Arctan: ElementwiseActivation {
  public static let name = "arctan"
  public static let aliases = ["atan"]
  public static let summary = "the arctangent"
  /// Creates the arctangent activation.
  public init() {}
  public var range: ClosedRange<Float>? { -1.5707964...1.5707964 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { .atan(z) }
}

extension Activation where Self == Arctan {
  /// The arctangent.
  public static var arctan: Arctan { Arctan() }
}

import GliaCore

/// A smooth rectifier without exponentials: f(z) = ½ (z + √(z² + b)), f′(z) = f² / (f² + b/4) with f = f(z).
///
/// Below 0 it is computed as b / (2 (√(z² + b) - z)), which avoids cancellation.
///
/// Source: Barron, "Squareplus: a softplus-like algebraic rectifier" (2021).
public struct Squareplus: ElementwiseActivation {
  public static let name = "squareplus"
  public static let summary = "(z + √(z² + b)) / 2"
  /// The smoothness of the bend at 0, where f(0) = ½ √b.
  public var b: Float = 4
  /// Creates a squareplus activation with b 4.
  public init() {}
  /// Creates a squareplus activation with the given b.
  public init(b: Float) { self.b = b }
  public func validate() throws { try require(b > 0 && b.isNormal, "b", b, expected: "a number above 0") }
  public var needsInput: Bool { false }
  public var range: ClosedRange<Float>? { 0...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T {
    let root = T.sqrt(z * z + T(b))
    return z < 0 ? T(b) / (2 * (root - z)) : 0.5 * (z + root)
  }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    let quarter = b / 4
    for i in gradient.indices { gradient[i] /= 1 + quarter / (a[i] * a[i]) }
  }
}

extension Activation where Self == Squareplus {
  /// `Squareplus` with the default settings.
  public static var squareplus: Squareplus { Squareplus() }
  /// A smooth rectifier without exponentials.
  public static func squareplus(b: Float = 4) -> Squareplus { Squareplus(b: b) }
}

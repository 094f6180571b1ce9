import GliaCore

/// The Huber loss, quadratic for small errors and linear for large ones: 1/(n k) Σ ½ e² if |e| ≤ δ, otherwise
/// δ (|e| - ½ δ), with e = prediction - target.
///
/// Source: Huber, "Robust estimation of a location parameter" (1964).
public struct HuberLoss: ElementwiseLoss {
  public static let name = "huber"
  public static let summary = "½ e² for errors up to delta, linear beyond"
  /// The error δ beyond which the loss is linear.
  public var delta: Float = 1
  /// Creates a Huber loss with δ = 1.
  public init() {}
  /// Creates a Huber loss with the given δ.
  public init(delta: Float) { self.delta = delta }

  public func validate() throws {
    try require(delta > 0 && delta.isFinite, "delta", delta, expected: "a finite number above 0")
  }

  public func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    let error = prediction - target
    let distance = magnitude(of: error)
    return distance > T(delta) ? T(delta) * (distance - T(delta / 2)) : 0.5 * error * error
  }
}

extension Loss where Self == HuberLoss {
  /// The Huber loss with δ = 1.
  public static var huber: HuberLoss { HuberLoss() }
  /// The Huber loss that is linear for errors beyond `delta`.
  public static func huber(delta: Float) -> HuberLoss { HuberLoss(delta: delta) }
}

import GliaCore
import GliaKernels

/// Lets the optimizer go ahead and follows it half-way: every `steps` updates, s ← s + α (w - s); w ← s.
///
/// The slow weights s start where the training does.
///
/// Source: Zhang, Lucas, Hinton and Ba, "Lookahead optimizer: k steps forward, 1 step back" (2019).
public struct Lookahead: Transform {
  public static let name = "lookahead"
  public static let summary = "every few updates: s ← s + α (w - s); w ← s"
  /// How many updates the optimizer goes ahead, k.
  public var steps = 5
  /// How far it is followed, α.
  public var alpha: Float = 0.5
  /// Five steps, half-way.
  public init() {}
  /// The given number of steps and part of the way.
  public init(steps: Int, alpha: Float = 0.5) { (self.steps, self.alpha) = (steps, alpha) }

  public func validate() throws {
    try require((1...1_000_000_000).contains(steps), "steps", steps, expected: "a whole number from 1 to 1,000,000,000")
    try require(alpha > 0 && alpha <= 1, "alpha", alpha, expected: "a number above 0, at most 1")
  }

  /// The slow weights.
  public func stateCount(parameters: Int) -> Int { parameters }

  public func apply(
    _ gradient: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>, step: OptimizerStep
  ) -> Bool {
    if step.number == 1, let w = parameters.address { state.address?.update(from: w, count: parameters.count) }
    return true
  }

  public func updated(_ parameters: inout MutableSpan<Float>, state: inout MutableSpan<Float>, step: OptimizerStep) {
    guard step.number.isMultiple(of: steps), let w = parameters.address, let slow = state.address else { return }
    let n = parameters.count
    glia_scale(n, 1 - alpha, slow, slow)
    glia_axpy(n, alpha, w, slow)
    w.update(from: slow, count: n)
  }
}

extension Transform where Self == Lookahead {
  /// Lets the optimizer go ahead and follows it part of the way.
  public static func lookahead(steps: Int = 5, alpha: Float = 0.5) -> Lookahead {
    Lookahead(steps: steps, alpha: alpha)
  }
}

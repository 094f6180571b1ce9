import GliaCore

/// Lookahead: the optimizer takes `steps` fast updates, after which slow weights s follow: s ← s + α (w - s); w ← s.
///
/// The slow weights start at the initial weights.
///
/// Source: Zhang, Lucas, Hinton and Ba, "Lookahead optimizer: k steps forward, 1 step back" (2019).
public struct Lookahead: WeightTransform {
  public static let name = "lookahead"
  public static let summary = "slow weights, every k updates: s ← s + α (w - s); w ← s"
  /// The number of fast updates between slow ones, k.
  public var steps = 5
  /// The step size of the slow weights, α.
  public var alpha: Float = 0.5
  /// Creates a lookahead of five steps and α 0.5.
  public init() {}
  /// Creates a lookahead with the given number of steps and α.
  public init(steps: Int, alpha: Float = 0.5) { (self.steps, self.alpha) = (steps, alpha) }

  public func validate() throws {
    try require((1...1_000_000_000).contains(steps), "steps", steps, expected: "a whole number from 1 to 1,000,000,000")
    try require(alpha > 0 && alpha <= 1, "alpha", alpha, expected: "a number above 0 and at most 1")
  }

  public func state(for count: Int) -> [StatePlan] { [StatePlan("slow", shape: [count])] }

  public func willUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {
    if context.number == 1 { context.state["slow"].copy(weights.view) }
  }

  public func didUpdate(_ weights: MutableTensorView<Float>, _ context: UpdateContext) {
    guard context.number.isMultiple(of: steps) else { return }
    let slow = context.state["slow"]
    slow.assign(slow.view, times: 1 - alpha)
    slow.add(weights.view, times: alpha)
    weights.copy(slow.view)
  }
}

extension Transform where Self == Lookahead {
  /// Lookahead: slow weights follow the optimizer.
  public static func lookahead(steps: Int = 5, alpha: Float = 0.5) -> Lookahead {
    Lookahead(steps: steps, alpha: alpha)
  }
}

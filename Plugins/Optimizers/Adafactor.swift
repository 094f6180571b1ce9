import GliaCore
import GliaKernels

/// Adafactor: a second moment stored as one number per row and column, and steps relative to the size of a tensor.
///
/// With τ = t^κ: r ← r + τ (mean of g² along a row - r), c likewise along columns, v = r c / mean r; for a tensor of one axis,
/// v ← v + τ (g² - v). u = g / √v; w ← (1 - η λ) w - max(ε, rms w) min(η, 1 / √t) u / max(1, rms u / d).
///
/// A tensor of more than two axes is a stack of matrices of its last two. Schedules change η, which bounds the relative step.
///
/// Source: Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost" (2018), as in PyTorch.
public struct Adafactor: Optimizer {
  public static let name = "adafactor"
  public static let summary =
    "v = r c / mean r per row and column; u = g / √v; w ← w - rms(w) min(η, 1 / √t) u, clipped"
  /// The largest relative step η.
  public var learningRate: Float = 0.01
  /// The exponent of the step number in the weight of a new squared gradient, κ.
  public var beta2Decay: Float = -0.8
  /// The least root mean square of a tensor to which steps are relative, ε.
  public var epsilon: Float = 0.001
  /// The root mean square of a step's direction above which it is scaled down, d.
  public var clipping: Float = 1
  /// The weight decay coefficient, λ.
  public var weightDecay: Float = 0
  /// The tensors that decay.
  public var decays = DecayedTensors.all
  /// Creates an Adafactor optimizer with the default settings.
  public init() {}
  /// Creates an Adafactor optimizer with the given settings.
  public init(
    learningRate: Float, beta2Decay: Float = -0.8, epsilon: Float = 0.001, clipping: Float = 1,
    weightDecay: Float = 0, decays: DecayedTensors = .all
  ) {
    (self.learningRate, self.beta2Decay, self.epsilon) = (learningRate, beta2Decay, epsilon)
    (self.clipping, self.weightDecay, self.decays) = (clipping, weightDecay, decays)
  }

  public func validate() throws {
    try requirePositiveRate()
    try require(
      beta2Decay <= 0 && beta2Decay.isFinite, "beta2_decay", beta2Decay, expected: "a number of at most 0")
    try requirePositive(epsilon, "epsilon")
    try requirePositive(clipping, "clipping")
    try requireDecay(weightDecay)
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    guard shape.count > 1, let columns = shape.last else { return [StatePlan("variance", shape: shape)] }
    return [
      StatePlan("row_variance", shape: Array(shape.dropLast())),
      StatePlan("column_variance", shape: shape.dropLast(2) + [columns]),
    ]
  }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    guard gradient.count > 0 else { return }
    let count = Double(gradient.count)
    let fresh = pow(Double(context.number), Double(beta2Decay))
    if context.axisCount() > 1 {
      divideByRowsAndColumns(gradient, Float(fresh), context)
    } else {
      let (variance, share) = (context.state["variance"], Float(fresh))
      variance.update(gradient.view) { variance, g in variance = (1 - share) * variance + share * g * g }
      gradient.update(variance.view) { g, variance in g /= max(variance.squareRoot(), Float.leastRoot) }
    }
    let size = max(Double(epsilon), (weight.sumOfSquares / count).squareRoot())
    let relative = min(Double(context.learningRate), 1 / Double(context.number).squareRoot())
    let length = (gradient.view.sumOfSquares / count).squareRoot()
    let excess = max(1, length / Double(clipping))
    gradient.assign(gradient.view, times: Float(size * relative / excess))
    if decays.contains(axisCount: context.axisCount()) {
      gradient.add(weight, times: context.learningRate * weightDecay)
    }
  }

  /// Divides the gradient by the root of v, updated with the weight `fresh` of the new squares.
  private func divideByRowsAndColumns(_ gradient: MutableTensorView<Float>, _ fresh: Float, _ context: UpdateContext) {
    let (rowVariance, columnVariance) = (context.state["row_variance"], context.state["column_variance"])
    let columns = gradient.columns
    guard columns > 0, columnVariance.count >= columns else { return }
    let matrices = columnVariance.reshaped(rows: columnVariance.count / columns, columns: columns)
    let height = gradient.rows / matrices.rows
    let columnShare = fresh / Float(height)
    columnVariance.assign(columnVariance.view, times: 1 - fresh)
    for row in 0..<gradient.rows {
      let numbers = gradient.row(row)
      let mean = Float(numbers.view.sumOfSquares / Double(columns))
      rowVariance[row] = (1 - fresh) * rowVariance[row] + fresh * mean
      matrices.row(row / height).update(numbers.view) { variance, g in
        variance += columnShare * g * g
      }
    }
    for first in stride(from: 0, to: gradient.rows, by: height) {
      let rows = first..<first + height
      let mean = rows.reduce(0) { $0 + Double(rowVariance[$1]) } / Double(height)
      for row in rows {
        let share = Float((Double(rowVariance[row]) / max(mean, Double.ulpOfOne)).squareRoot())
        gradient.row(row).update(matrices.row(first / height).view) { g, variance in
          g /= max(share * variance.squareRoot(), Float.leastRoot)
        }
      }
    }
  }
}

extension Float {
  /// The least root of a second moment.
  fileprivate static let leastRoot = Float(Double.ulpOfOne)
}

extension Optimizer where Self == Adafactor {
  /// Adafactor, which stores a second moment per row and column.
  public static func adafactor(
    learningRate: Float = 0.01, beta2Decay: Float = -0.8, epsilon: Float = 0.001, clipping: Float = 1,
    weightDecay: Float = 0, decays: DecayedTensors = .all
  ) -> Adafactor {
    Adafactor(
      learningRate: learningRate, beta2Decay: beta2Decay, epsilon: epsilon, clipping: clipping,
      weightDecay: weightDecay, decays: decays)
  }
}

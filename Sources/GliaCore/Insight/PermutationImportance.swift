import RealModule

/// The permutation importance of a model's inputs: by how much its loss rises, or a metric becomes worse, when the values of
/// one input are shuffled among the samples (Breiman, "Random forests", 2001; Fisher, Rudin and Dominici, "All models are
/// wrong, but many are useful", 2019).
///
/// ```swift
/// let importance = try model.importance(on: test)
/// for input in importance.inputs { print(input.name, input.mean) }
/// ```
///
/// It measures what this model uses, not what determines the target. If two inputs say much the same, each can replace the
/// other when it is shuffled, so both seem unimportant, and the model is asked about samples that do not exist: see
/// ``correlated``.
public struct PermutationImportance: Hashable, Sendable {
  /// The importance of one input.
  public struct Input: Hashable, Sendable {
    /// The input.
    public let input: ModelInput
    /// How much worse the measure became in each repeat: the rise of the loss or of a metric that should be low, the fall of
    /// a metric that should be high.
    public let changes: [Double]

    /// Creates the importance of an input from its changes.
    public init(input: ModelInput, changes: [Double]) { (self.input, self.changes) = (input, changes) }

    /// The name of the input.
    public var name: String { input.name }

    /// The mean over the repeats.
    public var mean: Double { changes.reduce(0, +) / Double(max(changes.count, 1)) }

    /// The 95 % interval of the mean over the repeats, by Student's t distribution: mean ± t s / √repeats; `nil` for a single
    /// repeat.
    ///
    /// It tells how much the shuffling matters, not how much other samples or another training would.
    public var interval: ClosedRange<Double>? {
      let (mean, count) = (mean, Double(changes.count))
      guard changes.count > 1, mean.isFinite else { return nil }
      let variance = changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
      let reach = PermutationImportance.t(changes.count - 1) * (variance / count).squareRoot()
      return reach.isFinite ? mean - reach...mean + reach : nil
    }
  }

  /// What was measured: `loss`, or the name of a metric.
  public let measure: String
  /// The unit of the measure: `%` for a fraction that is shown as a percentage, otherwise empty.
  public let unit: String
  /// Whether higher values of the measure are better, so that its fall is the importance.
  public let higherIsBetter: Bool
  /// The measure without shuffling.
  public let base: Double
  /// How often each input was shuffled.
  public let repeats: Int
  /// The number of samples.
  public let samples: Int
  /// The inputs, the most important first.
  public let inputs: [Input]
  /// The pairs of features of different inputs whose correlation is beyond 0.9, the closest first.
  public let correlated: [CorrelatedFeatures]

  /// What the importance is, such as `rise of the loss`.
  public var quantity: String { "\(higherIsBetter ? "fall" : "rise") of \(measure == "loss" ? "the " : "")\(measure)" }

  /// Returns the 97.5 % quantile of Student's t distribution (Abramowitz and Stegun, 1964, 26.7.5; a table for few degrees of
  /// freedom).
  static func t(_ freedom: Int) -> Double {
    let few = [12.706205, 4.302653, 3.182446, 2.776445]
    guard freedom > few.count else { return few[max(freedom, 1) - 1] }
    let (z, n) = (1.959964, Double(freedom))
    func power(_ exponent: Int) -> Double { Double.pow(z, exponent) }
    let terms = [
      (power(3) + z) / 4, (5 * power(5) + 16 * power(3) + 3 * z) / 96,
      (3 * power(7) + 19 * power(5) + 17 * power(3) - 15 * z) / 384,
      (79 * power(9) + 776 * power(7) + 1482 * power(5) - 1920 * power(3) - 945 * z) / 92_160,
    ]
    return terms.enumerated().reduce(z) { $0 + $1.element / Double.pow(n, $1.offset + 1) }
  }
}

extension Model {
  /// Returns the permutation importance of the model's inputs.
  ///
  /// - Parameters:
  ///   - data: the samples, which the model preferably was not trained on.
  ///   - metric: what to measure; nil for the loss.
  ///   - repeats: how often each input is shuffled, from 1 to 10,000.
  ///   - seed: the seed of the shuffling; the result for an input does not depend on the other inputs.
  ///   - progress: called with the number of inputs that are done and of all; an error it throws ends the measurement.
  /// - Throws: if samples, model and metric do not fit together, or if the measure is undefined for the samples.
  public func importance(
    on data: Dataset, metric: (any Metric)? = nil, repeats: Int = 10, seed: UInt64 = 0,
    progress: (_ done: Int, _ all: Int) throws -> Void = { _, _ in }
  ) throws -> PermutationImportance {
    guard (1...10_000).contains(repeats) else {
      throw GliaError(repeats.counted("repeat"), at: "repeats", expected: "a number from 1 to 10,000")
    }
    guard data.count > 1 else {
      throw GliaError("a single sample cannot be shuffled", at: data.name, expected: "at least two samples")
    }
    var model = self
    model.experiment.training.metrics = metric.map { [$0] } ?? []
    let data = data.unprocessed
    func measured(_ data: Dataset) throws -> Double {
      let evaluation = try model.evaluate(data)
      return metric == nil ? evaluation.loss : evaluation.metrics.first?.value ?? .nan
    }
    let base = try measured(data)
    let measure = metric.map { type(of: $0).name } ?? "loss"
    guard base.isFinite else {
      throw GliaError(
        "the \(measure) is \(base.brief)", at: data.name, expected: "samples for which it is a finite number",
        remedy: "measure something else, such as the loss")
    }
    let sign: Double = metric?.higherIsBetter == true ? -1 : 1
    let inputs = inputs(of: data)
    let results = try inputs.enumerated().map { index, input in
      let changes = try (0..<repeats).map { turn in
        var random = Random(seed: seed, 0x1A9, UInt64(input.features.first ?? index), UInt64(turn))
        let order = random.permutation(data.count)
        return try sign * (measured(data.replacing(features: input.features) { data.number(order[$0], $1) }) - base)
      }
      try progress(index + 1, inputs.count)
      return PermutationImportance.Input(input: input, changes: changes)
    }
    return PermutationImportance(
      measure: measure, unit: metric?.unit ?? "", higherIsBetter: metric?.higherIsBetter ?? false, base: base,
      repeats: repeats, samples: data.count, inputs: results.sortedByImportance,
      correlated: data.correlatedFeatures(of: inputs))
  }
}

extension [PermutationImportance.Input] {
  /// The inputs by their means, the highest first; undefined ones are last, and equal ones remain in order.
  fileprivate var sortedByImportance: [Element] {
    let ranks = map { $0.mean.isNaN ? -Double.infinity : $0.mean }
    return indices.sorted { (ranks[$1], $0) < (ranks[$0], $1) }.map { self[$0] }
  }
}

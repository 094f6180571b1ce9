import RealModule

/// Finds a learning rate: trains for a few steps while the learning rate increases exponentially, and records the loss.
///
/// The loss falls as the rate grows, until the rate is too large. The network itself is not changed.
///
/// ```swift
/// let curve = try LearningRateFinder().run(network, on: moons, settings: settings)
/// if let rate = curve.suggestion { settings.optimizer?.learningRate = Float(rate) }
/// ```
///
/// Source: Smith, "Cyclical learning rates for training neural networks" (2017), section 3.3.
public struct LearningRateFinder: Sendable {
  /// The first learning rate.
  public var low = 1e-6
  /// The last learning rate.
  public var high = 10.0
  /// The number of steps from the first to the last.
  public var steps = 200
  /// The decay of the running mean of the loss per step.
  public var smoothing = 0.9
  /// The search ends when the smoothed loss exceeds its minimum by this factor.
  public var limit = 4.0

  /// Creates a finder from 1e-6 to 10 in 200 steps.
  public init() {}
  /// Creates a finder from `low` to `high` in `steps` steps.
  public init(from low: Double, to high: Double, steps: Int = 200) {
    (self.low, self.high, self.steps) = (low, high, steps)
  }

  /// Tries the learning rates on a copy of `network`.
  ///
  /// - Parameters:
  ///   - network: the starting point of the training.
  ///   - data: the samples to learn from.
  ///   - settings: loss, optimizer, batch size and seed; the schedule is not used.
  /// - Throws: if the rates do not increase, or for any reason for which ``Training`` would throw.
  public func run(_ network: Network, on data: Dataset, settings: TrainingSettings) throws -> LearningRateCurve {
    guard low > 0, low < high, high.isFinite, steps >= 2, (0..<1).contains(smoothing), limit > 1 else {
      throw GliaError(
        "learning rates from \(low) to \(high) in \(steps) steps", at: "LearningRateFinder",
        expected: "two increasing rates above 0, at least 2 steps, smoothing below 1, limit above 1")
    }
    if let solver = settings.solver {
      throw GliaError(
        "a search for the learning rate of \(type(of: solver).name), which chooses the lengths of its steps itself",
        at: "training.optimizer", expected: "an optimizer for batches, such as adam", remedy: "use its default rate, 1")
    }
    var settings = settings
    (settings.schedule, settings.metrics, settings.callbacks) = (RateSweep(low, high, steps), [], [])
    var training = try Training(network, on: data, settings: settings)
    var random = Random(seed: settings.seed, 1, 0)
    var order: [Int] = []
    var curve = LearningRateCurve()
    var (mean, lowest) = (0.0, Double.infinity)
    for step in 0..<steps {
      if order.isEmpty { order = random.permutation(data.count) }
      let batch = order.suffix(settings.batchSize)
      let before = training.progress.loss
      do { try training.pass(batch) } catch let error as GliaError where error.category == .divergence { break }
      let loss = (training.progress.loss - before) / Double(batch.count)
      order.removeLast(batch.count)
      mean = smoothing * mean + (1 - smoothing) * loss
      let smooth = mean / (1 - Double.pow(smoothing, step + 1))
      curve.append(rate: training.progress.learningRate, loss: loss, smooth: smooth)
      lowest = min(lowest, smooth)
      if smooth > limit * lowest { break }
    }
    return curve
  }
}

/// The loss as a function of an increasing learning rate.
public struct LearningRateCurve: Hashable, Sendable {
  /// The learning rates, in increasing order.
  public private(set) var rates: [Double] = []
  /// The loss of the batch at each rate, before its update.
  public private(set) var losses: [Double] = []
  /// The running mean of the losses.
  public private(set) var smoothed: [Double] = []

  mutating func append(rate: Double, loss: Double, smooth: Double) {
    rates.append(rate)
    losses.append(loss)
    smoothed.append(smooth)
  }

  /// A tenth of the rate with the lowest smoothed loss, where the loss was still falling, but not below the first rate; nil if
  /// the loss only rose.
  public var suggestion: Double? {
    guard let lowest = smoothed.indices.min(by: { smoothed[$0] < smoothed[$1] }), lowest > 0 else { return nil }
    return max(rates[lowest] / 10, rates[0])
  }
}

/// A schedule that increases the learning rate exponentially, whatever the optimizer's own rate.
private struct RateSweep: Schedule {
  static let name = "rate_sweep"
  var per = SchedulePeriod.step
  var low = 1e-6
  var high = 10.0
  var steps = 200

  init() {}
  init(_ low: Double, _ high: Double, _ steps: Int) { (self.low, self.high, self.steps) = (low, high, steps) }

  func rate(base: Double, at count: Int) -> Double {
    low * Double.pow(high / low, Double(min(count, steps - 1)) / Double(steps - 1))
  }
}

/// A named metric with its value.
public struct MetricValue: Hashable, Sendable {
  /// The metric's name.
  public let name: String
  /// Its value; NaN where it is undefined.
  public let value: Double
  /// Whether higher values are better.
  public let higherIsBetter: Bool
  /// The counts behind the value, if the metric has them; nil in epochs.
  public let matrix: [[Int]]?

  /// Creates a named value.
  public init(_ name: String, _ value: Double, higherIsBetter: Bool = false, matrix: [[Int]]? = nil) {
    (self.name, self.value) = (name, value)
    (self.higherIsBetter, self.matrix) = (higherIsBetter, matrix)
  }
}

/// The loss and the metrics of a network on some samples.
public struct Evaluation: Hashable, Sendable {
  /// The mean loss per sample, without penalties.
  public var loss: Double
  /// The metrics, in the order of the settings.
  public var metrics: [MetricValue]

  /// Creates an evaluation from a loss and metrics.
  public init(loss: Double, metrics: [MetricValue] = []) {
    self.loss = loss
    self.metrics = metrics
  }

  /// The loss, or the metric with that name.
  public subscript(name: String) -> Double? {
    name == "loss" ? loss : metrics.first { $0.name == name }?.value
  }
}

/// One pass over the training samples.
public struct Epoch: Hashable, Sendable {
  /// Its number, from 1.
  public var number: Int
  /// The number of optimizer steps since the start.
  public var steps: Int
  /// The learning rate of the last step.
  public var learningRate: Double
  /// Loss and metrics over the epoch's batches, each measured before its update.
  public var training: Evaluation
  /// The mean penalty over the epoch's batches.
  public var penalty: Double
  /// Loss and metrics of the validation part after the epoch, if there is one.
  public var validation: Evaluation?
  /// The duration of the epoch in seconds.
  public var seconds: Double
  /// Loss and metrics of the training part after the epoch; nil unless a callback saves weights based on them.
  public var measured: Evaluation?

  /// Creates an epoch from its measurements.
  public init(
    number: Int, steps: Int, learningRate: Double, training: Evaluation, penalty: Double = 0,
    validation: Evaluation? = nil, seconds: Double = 0, measured: Evaluation? = nil
  ) {
    (self.number, self.steps, self.learningRate, self.training) = (number, steps, learningRate, training)
    (self.penalty, self.validation, self.seconds, self.measured) = (penalty, validation, seconds, measured)
  }

  /// A value by its column in `history.csv`: `loss`, `accuracy`, `validation_loss`, ...; nil if there is none.
  public subscript(column: String) -> Double? {
    switch column {
    case "epoch": Double(number)
    case "learning_rate": learningRate
    case "penalty": penalty
    case "seconds": seconds
    default:
      column.hasPrefix("validation_") ? validation?[String(column.dropFirst("validation_".count))] : training[column]
    }
  }

  /// Returns whether higher values are better in a column of `history.csv`; lower ones are, except for some metrics.
  public func higherIsBetter(in column: String) -> Bool {
    training.metrics.contains { $0.higherIsBetter && (column == $0.name || column == "validation_\($0.name)") }
  }
}

/// The reason why a training ended.
public struct StopReason: RawRepresentable, Hashable, Sendable {
  /// The reason as written to `report.json`.
  public let rawValue: String
  /// Creates a reason with the given name; callbacks may define their own.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// All epochs are complete.
  public static let completed = StopReason(rawValue: "completed")
  /// The monitored value stopped improving.
  public static let earlyStopping = StopReason(rawValue: "early_stopping")
  /// A target value was reached.
  public static let target = StopReason(rawValue: "target")
  /// The time was used up.
  public static let time = StopReason(rawValue: "time")
  /// The user asked to stop.
  public static let interrupted = StopReason(rawValue: "interrupted")
  /// A loss, gradient or parameter was not finite.
  public static let diverged = StopReason(rawValue: "diverged")
}

extension MetricValue: CustomStringConvertible {
  /// The name and the value, separated by a space.
  public var description: String { "\(name) \(value)" }
}

extension Evaluation: CustomStringConvertible {
  /// The loss and the metrics in one line.
  public var description: String { (["loss \(loss)"] + metrics.map(\.description)).joined(separator: ", ") }
}

extension Epoch: CustomStringConvertible {
  /// The number and the results of both parts, in one line.
  public var description: String {
    "epoch \(number): \(training)" + (validation.map { "; validation: \($0)" } ?? "")
  }
}

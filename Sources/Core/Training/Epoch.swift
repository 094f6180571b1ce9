/// A metric's value under its name.
public struct MetricValue: Hashable, Sendable {
  /// The metric's name.
  public let name: String
  /// Its value; NaN where it has no meaning.
  public let value: Double
  /// Whether higher values are better.
  public let higherIsBetter: Bool
  /// The counts that the value sums up, where the metric has them; epochs come without.
  public let matrix: [[Int]]?

  /// A value under a name.
  public init(_ name: String, _ value: Double, higherIsBetter: Bool = false, matrix: [[Int]]? = nil) {
    (self.name, self.value) = (name, value)
    (self.higherIsBetter, self.matrix) = (higherIsBetter, matrix)
  }
}

/// The loss and the metrics of a network on some samples.
public struct Evaluation: Hashable, Sendable {
  /// The mean loss a sample, without penalties.
  public var loss: Double
  /// The metrics, in the order in which they were asked for.
  public var metrics: [MetricValue]

  /// A loss with metrics.
  public init(loss: Double, metrics: [MetricValue] = []) {
    self.loss = loss
    self.metrics = metrics
  }

  /// The loss, or the metric of that name.
  public subscript(name: String) -> Double? {
    name == "loss" ? loss : metrics.first { $0.name == name }?.value
  }
}

/// One pass over the training samples.
public struct Epoch: Hashable, Sendable {
  /// Its number, from 1.
  public var number: Int
  /// How many steps the optimizer has made since the start.
  public var steps: Int
  /// The learning rate of the last step.
  public var learningRate: Double
  /// Loss and metrics over the epoch's batches, each before its update.
  public var training: Evaluation
  /// The mean penalty over the epoch's batches.
  public var penalty: Double
  /// Loss and metrics of the validation part after the epoch.
  public var validation: Evaluation?
  /// How long the epoch took, in seconds.
  public var seconds: Double
  /// Loss and metrics of the training part after the epoch; nil unless a callback keeps weights by them.
  public var measured: Evaluation?

  /// An epoch with what was measured.
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

  /// Whether higher values are better in a column of `history.csv`; losses, penalties and all else want to be low.
  public func higherIsBetter(in column: String) -> Bool {
    training.metrics.contains { $0.higherIsBetter && (column == $0.name || column == "validation_\($0.name)") }
  }
}

/// Why a training ended.
public struct StopReason: RawRepresentable, Hashable, Sendable {
  /// The reason as it stands in `report.json`.
  public let rawValue: String
  /// A reason of that name; callbacks may have their own.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// All epochs are done.
  public static let completed = StopReason(rawValue: "completed")
  /// The validation part no longer got better.
  public static let earlyStopping = StopReason(rawValue: "early_stopping")
  /// A value was reached.
  public static let target = StopReason(rawValue: "target")
  /// The time was used up.
  public static let time = StopReason(rawValue: "time")
  /// Somebody asked to stop.
  public static let interrupted = StopReason(rawValue: "interrupted")
  /// A loss, gradient or parameter was not finite.
  public static let diverged = StopReason(rawValue: "diverged")
}

extension MetricValue: CustomStringConvertible {
  /// The name and the value.
  public var description: String { "\(name) \(value)" }
}

extension Evaluation: CustomStringConvertible {
  /// The loss and the metrics in one line.
  public var description: String { (["loss \(loss)"] + metrics.map(\.description)).joined(separator: ", ") }
}

extension Epoch: CustomStringConvertible {
  /// The number, and what was measured of both parts, in one line.
  public var description: String {
    "epoch \(number): \(training)" + (validation.map { "; validation: \($0)" } ?? "")
  }
}

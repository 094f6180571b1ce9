/// Whether lower or higher values are better.
public enum MonitorMode: String, Choice {
  /// Lower values are better.
  case min
  /// Higher values are better.
  case max
}

/// The history column that a callback or a schedule monitors.
///
/// An epoch whose value is NaN is ignored: it counts as neither better nor worse than another.
public struct Monitor: Hashable, Sendable {
  /// The name of the column; nil for `validation_loss`, or `loss` without a validation part.
  public let column: String?
  /// Whether lower or higher values are better; nil to use the metric's direction.
  public let mode: MonitorMode?

  /// Creates a monitor of `column`.
  public init(column: String? = nil, mode: MonitorMode? = nil) { (self.column, self.mode) = (column, mode) }

  /// Throws if the history lacks the column, or if the column does not measure the network's performance.
  ///
  /// - Parameters:
  ///   - component: the name of the component that monitors it.
  ///   - columns: the columns of the history.
  ///   - compares: whether values are compared with each other, which requires a measure of performance.
  public func check(_ component: String, columns: [String], compares: Bool = true) throws {
    guard let column, !columns.contains(column) || compares && Self.unjudged.contains(column) else { return }
    let hasValidation = columns.contains("validation_loss")
    let choices = compares ? columns.filter { !Self.unjudged.contains($0) } : columns
    func refusal(_ what: String, remedy: String) -> GliaError {
      GliaError(
        "\(component) monitors '\(column.excerpt)', which \(what)", at: "monitor",
        expected: "one of \(choices.joined(separator: ", "))", remedy: remedy)
    }
    let validate = "add \"validation\": 0.2 to the split"
    if columns.contains(column) {
      throw refusal("does not measure how well the network performs", remedy: "monitor \(Self.usual(among: columns))")
    }
    // Accept Keras's names.
    let known = column.hasPrefix("val_") ? "validation_" + column.dropFirst("val_".count) : column
    let suggestion =
      choices.contains(known) ? known : Suggestion.nearest(to: column, among: choices)
    if column.hasPrefix("test_") {
      throw refusal(
        "is measured only after the training",
        remedy: hasValidation ? "monitor \(Self.usual(among: columns))" : validate)
    }
    throw refusal(
      "the history will not have",
      remedy: column.hasPrefix("val") && !hasValidation
        ? validate : suggestion.map { "did you mean '\($0)'?" } ?? "add it to the metrics")
  }

  /// Returns the monitored column in a history of `columns`.
  public func column(among columns: [String]) -> String { column ?? Self.usual(among: columns) }

  private static func usual(among columns: [String]) -> String {
    columns.contains("validation_loss") ? "validation_loss" : "loss"
  }

  /// Columns of the history that do not measure the network's performance.
  private static let unjudged: Set = ["epoch", "learning_rate", "penalty", "seconds"]

  /// Returns whether it monitors a value of the training part, which is measured while the weights change.
  func watchesTraining(_ columns: [String]) -> Bool {
    let watched = column(among: columns)
    return !watched.hasPrefix("validation_") && !Self.unjudged.contains(watched)
  }

  /// Returns the value of an epoch, and whether higher is better; nil if it is NaN.
  ///
  /// For the training part, it is the value measured after the epoch, if available, because it belongs to the current weights.
  public func value(of epoch: Epoch) -> (value: Double, higherIsBetter: Bool)? {
    let watched = column(among: epoch.columns)
    guard let value = epoch.measured?[watched] ?? epoch[watched], !value.isNaN else { return nil }
    return (value, mode.map { $0 == .max } ?? epoch.higherIsBetter(in: watched))
  }

  /// Returns the value of an epoch if it beats `best` by more than `margin`.
  public func improvement(_ epoch: Epoch, over best: Double?, by margin: Double = 0) -> Double? {
    guard let (value, higherIsBetter) = value(of: epoch) else { return nil }
    guard let best else { return value }
    return (higherIsBetter ? value > best + margin : value < best - margin) ? value : nil
  }
}

/// Which direction is better.
public enum MonitorMode: String, Choice {
  /// Lower values are better.
  case min
  /// Higher values are better.
  case max
}

/// A column of the history that a callback or a schedule watches.
///
/// An epoch whose value is not a number says nothing: it is neither better nor worse than another.
public struct Monitor: Hashable, Sendable {
  /// Its name; nil for `validation_loss`, or `loss` without a validation part.
  public let column: String?
  /// Which direction is better; nil to ask the metric.
  public let mode: MonitorMode?

  /// A monitor of `column`.
  public init(column: String? = nil, mode: MonitorMode? = nil) { (self.column, self.mode) = (column, mode) }

  /// Refuses a column that the history will not have, or that does not tell how good the network is.
  ///
  /// - Parameters:
  ///   - component: the name of what watches it.
  ///   - columns: those that the history will have.
  ///   - compares: whether values are compared with each other, for which they must tell how good the network is.
  public func check(_ component: String, columns: [String], compares: Bool = true) throws {
    guard let column, !columns.contains(column) || compares && Self.unjudged.contains(column) else { return }
    let hasValidation = columns.contains("validation_loss")
    let choices = compares ? columns.filter { !Self.unjudged.contains($0) } : columns
    func refusal(_ what: String, remedy: String) -> GliaError {
      GliaError(
        "\(component) watches '\(column.excerpt)', which \(what)", at: "monitor",
        expected: "one of \(choices.joined(separator: ", "))", remedy: remedy)
    }
    let validate = "add \"validation\": 0.2 to the split"
    if columns.contains(column) {
      throw refusal("does not tell how good the network is", remedy: "watch \(Self.usual(among: columns))")
    }
    // Keras's names.
    let known = column.hasPrefix("val_") ? "validation_" + column.dropFirst("val_".count) : column
    let suggestion =
      choices.contains(known) ? known : Suggestion.nearest(to: column, among: choices)
    if column.hasPrefix("test_") {
      throw refusal(
        "is measured only after the training", remedy: hasValidation ? "watch \(Self.usual(among: columns))" : validate)
    }
    throw refusal(
      "the history will not have",
      remedy: column.hasPrefix("val") && !hasValidation
        ? validate : suggestion.map { "did you mean '\($0)'?" } ?? "add it to the metrics")
  }

  /// The column that is watched in a history of `columns`.
  public func column(among columns: [String]) -> String { column ?? Self.usual(among: columns) }

  private static func usual(among columns: [String]) -> String {
    columns.contains("validation_loss") ? "validation_loss" : "loss"
  }

  /// Columns of the history that do not measure the network.
  private static let unjudged: Set = ["epoch", "learning_rate", "penalty", "seconds"]

  /// Whether it watches what the training part comes to, which is measured while the weights change.
  func watchesTraining(_ columns: [String]) -> Bool {
    let watched = column(among: columns)
    return !watched.hasPrefix("validation_") && !Self.unjudged.contains(watched)
  }

  /// The value of an epoch, and whether it is the higher the better; nil if it is not a number.
  ///
  /// Of the training part it is the value measured after the epoch, where there is one: that is the value of the weights.
  public func value(of epoch: Epoch) -> (value: Double, higherIsBetter: Bool)? {
    let watched = column(among: epoch.columns)
    guard let value = epoch.measured?[watched] ?? epoch[watched], !value.isNaN else { return nil }
    return (value, mode.map { $0 == .max } ?? epoch.higherIsBetter(in: watched))
  }

  /// The value of an epoch if it beats `best` by more than `margin`.
  public func improvement(_ epoch: Epoch, over best: Double?, by margin: Double = 0) -> Double? {
    guard let (value, higherIsBetter) = value(of: epoch) else { return nil }
    guard let best else { return value }
    return (higherIsBetter ? value > best + margin : value < best - margin) ? value : nil
  }
}

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

  /// Refuses a column that the history will not have.
  ///
  /// - Parameters:
  ///   - component: the name of what watches it.
  ///   - columns: those that the history will have.
  public func check(_ component: String, columns: [String]) throws {
    guard let column, !columns.contains(column) else { return }
    let isHeld = column.hasPrefix("val") && !columns.contains("validation_loss")
    // Keras's names.
    let known = column.hasPrefix("val_") ? "validation_" + column.dropFirst("val_".count) : column
    let suggestion =
      columns.contains(known)
      ? "did you mean '\(known)'?" : Suggestion.nearest(to: column, among: columns).map { "did you mean '\($0)'?" }
    throw GliaError(
      "\(component) watches '\(column.excerpt)', which the history will not have", at: "monitor",
      expected: "one of \(columns.joined(separator: ", "))",
      remedy: isHeld ? "add \"validation\": 0.2 to the split" : suggestion ?? "add it to the metrics")
  }

  /// The column that is watched in a history of `columns`.
  public func column(among columns: [String]) -> String {
    column ?? (columns.contains("validation_loss") ? "validation_loss" : "loss")
  }

  /// Whether it watches what the training part comes to, which is measured while the weights change.
  func watchesTraining(_ columns: [String]) -> Bool {
    let watched = column(among: columns)
    return !watched.hasPrefix("validation_") && !["epoch", "learning_rate", "penalty", "seconds"].contains(watched)
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

import GliaCore

/// Which direction is better.
public enum MonitorMode: String, Choice {
  /// Lower values are better.
  case min
  /// Higher values are better.
  case max
}

/// A column of the history that a callback watches.
struct Monitor {
  /// Its name; nil for `validation_loss`, or `loss` without a validation part.
  let column: String?
  /// Which direction is better; nil to ask the metric.
  let mode: MonitorMode?

  /// Refuses a column that the history will not have.
  func check(_ callback: String, columns: [String]) throws {
    guard let column, !columns.contains(column) else { return }
    let isHeld = column.hasPrefix("val") && !columns.contains("validation_loss")
    // Keras's names.
    let known = column.hasPrefix("val_") ? "validation_" + column.dropFirst("val_".count) : column
    let suggestion =
      columns.contains(known)
      ? "did you mean '\(known)'?" : Suggestion.nearest(to: column, among: columns).map { "did you mean '\($0)'?" }
    throw GliaError(
      "\(callback) watches '\(column.excerpt)', which the history will not have", at: "monitor",
      expected: "one of \(columns.joined(separator: ", "))",
      remedy: isHeld ? "add \"validation\": 0.2 to the split" : suggestion ?? "add it to the metrics")
  }

  /// The value of an epoch, and whether it is the higher the better.
  func value(of epoch: Epoch) -> (value: Double, higherIsBetter: Bool)? {
    let watched = column ?? (epoch.validation == nil ? "loss" : "validation_loss")
    return epoch[watched].map { ($0, mode.map { $0 == .max } ?? epoch.higherIsBetter(in: watched)) }
  }

  /// The value of an epoch if it beats `best` by more than `margin`.
  func improvement(_ epoch: Epoch, over best: Double?, by margin: Double = 0) -> Double? {
    guard let (value, higherIsBetter) = value(of: epoch), !value.isNaN else { return nil }
    guard let best else { return value }
    return (higherIsBetter ? value > best + margin : value < best - margin) ? value : nil
  }
}

/// A rule that changes the learning rate during training.
public protocol Schedule: Component {
  /// Whether it counts optimizer steps or epochs, from 0.
  var per: SchedulePeriod { get set }
  /// Returns the learning rate at a count, given the optimizer's base rate.
  func rate(base: Double, at count: Int) -> Double
  /// The history column that it monitors; nil if none. Training throws if its history lacks this column.
  var watched: Monitor? { get }
  /// Throws if the schedule cannot be used in a training whose history has these `columns`.
  func checkColumns(_ columns: [String]) throws
  /// Called after each epoch, for schedules that react to measured values. State is excluded from the `CodingKeys`; a resumed
  /// training replays its earlier epochs.
  mutating func epochEnded(_ epoch: Epoch)
}

extension Schedule {
  /// The kind `schedule`.
  public static var kind: ComponentKind { .schedule }
  /// Nil: it monitors nothing.
  public var watched: Monitor? { nil }
  /// Throws if the monitored column does not exist.
  public func checkColumns(_ columns: [String]) throws { try watched?.check(Self.name, columns: columns) }
  /// Does nothing: the rate depends only on the count.
  public mutating func epochEnded(_ epoch: Epoch) {}
}

/// The unit that a schedule counts.
public enum SchedulePeriod: String, Choice {
  /// Every update of the parameters.
  case step
  /// Every pass over the data.
  case epoch
}

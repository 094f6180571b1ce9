/// How the learning rate changes while training goes on.
public protocol Schedule: Component {
  /// Whether it counts optimizer steps or epochs, from 0.
  var per: SchedulePeriod { get set }
  /// The rate at a count, for an optimizer's rate of `base`.
  func rate(base: Double, at count: Int) -> Double
  /// The column of the history that it follows; nil if it follows none. A training whose history lacks it is refused.
  var watched: Monitor? { get }
  /// Refuses a training that the schedule cannot serve; `columns` are those that its history will have.
  func checkColumns(_ columns: [String]) throws
  /// Is called after each epoch, for schedules that follow what is measured. What is noted down is excluded from the
  /// `CodingKeys`; a resumed training tells its earlier epochs again.
  mutating func epochEnded(_ epoch: Epoch)
}

extension Schedule {
  /// The kind `schedule`.
  public static var kind: ComponentKind { .schedule }
  /// It follows nothing.
  public var watched: Monitor? { nil }
  /// What is followed must be a column.
  public func checkColumns(_ columns: [String]) throws { try watched?.check(Self.name, columns: columns) }
  /// The rate follows the count alone.
  public mutating func epochEnded(_ epoch: Epoch) {}
}

/// What a schedule counts.
public enum SchedulePeriod: String, Choice {
  /// Every update of the parameters.
  case step
  /// Every pass over the data.
  case epoch
}

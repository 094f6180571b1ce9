/// How the learning rate changes while training goes on.
public protocol Schedule: Component {
  /// Whether it counts optimizer steps or epochs, from 0.
  var per: SchedulePeriod { get set }
  /// The rate at a count, for an optimizer's rate of `base`.
  func rate(base: Double, at count: Int) -> Double
}

extension Schedule {
  /// The kind `schedule`.
  public static var kind: ComponentKind { .schedule }
}

/// What a schedule counts.
public enum SchedulePeriod: String, Choice {
  /// Every update of the parameters.
  case step
  /// Every pass over the data.
  case epoch
}

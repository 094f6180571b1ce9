import GliaCore

/// Checks a schedule: rates are finite and not negative, now and long after its end, and settings survive.
///
/// - Parameters:
///   - schedule: the schedule.
///   - registry: where components among its settings are found.
public func checkSchedule(_ schedule: any Schedule, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(schedule)
  guard found.checkSettings(of: schedule, registry) else { return found.results }
  for base in [0.001, 0.1, 1] {
    let counts = Array(0...300) + [1000, 10_000_000]
    let rates = counts.map { schedule.rate(base: base, at: $0) }
    if let bad = rates.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      found.fail(
        "rates", "the rate at \(counts[bad]) is \(rates[bad]) for a base of \(base), not a finite number of 0 or more")
    } else {
      found.expect("rates", true, "")
    }
    found.expect(
      "first rate", rates[0] > 0 && rates[0] <= 10 * base,
      "training starts at a rate of \(rates[0]) for a base of \(base)\nlikely cause: counts start from 0, not from 1")
    found.expect(
      "equal rates", counts.map { schedule.rate(base: base, at: $0) } == rates, "the same count gives another rate")
  }
  var other = schedule
  for period in [SchedulePeriod.epoch, .step] {
    other.per = period
    found.expect(
      "counts steps or epochs", other.per == period, "per stays \(other.per.rawValue) when set to \(period.rawValue)")
  }
  return found.results
}

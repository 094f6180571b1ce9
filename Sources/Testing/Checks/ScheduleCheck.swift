import GliaCore

/// Checks a schedule: rates are finite and not negative, now, long after its end, and however many epochs bring no
/// progress, and settings survive.
///
/// - Parameters:
///   - schedule: the schedule.
///   - registry: where components among its settings are found.
public func checkSchedule(_ schedule: any Schedule, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(schedule)
  guard found.checkSettings(of: schedule, registry) else { return found.results }
  let counts = Array(0...300) + [1000, 10_000_000, .max]
  for base in [0.001, 0.1, 1] {
    let rates = schedule.rates(base, counts)
    found.checkRates(rates, counts, base: base, "")
    found.expect(
      "first rate", rates[0] > 0 && rates[0] <= 10 * base,
      "training starts at a rate of \(rates[0]) for a base of \(base)\nlikely cause: counts start from 0, not from 1")
    found.expect("equal rates", schedule.rates(base, counts) == rates, "the same count gives another rate")
    for loss in [1, Double.nan, .infinity] {
      var told = schedule
      for number in 1...500 {
        told.epochEnded(
          Epoch(number: number, steps: number, learningRate: base, training: Evaluation(loss: loss)))
      }
      found.checkRates(told.rates(base, counts), counts, base: base, " after 500 epochs with a loss of \(loss)")
    }
  }
  var other = schedule
  for period in [SchedulePeriod.epoch, .step] {
    other.per = period
    found.expect(
      "counts steps or epochs", other.per == period, "per stays \(other.per.rawValue) when set to \(period.rawValue)")
  }
  return found.results
}

extension Schedule {
  fileprivate func rates(_ base: Double, _ counts: [Int]) -> [Double] { counts.map { rate(base: base, at: $0) } }
}

extension Findings {
  fileprivate mutating func checkRates(_ rates: [Double], _ counts: [Int], base: Double, _ when: String) {
    let bad = rates.firstIndex { !($0 >= 0 && $0.isFinite) } ?? rates.count
    expect(
      "rates", bad == rates.count,
      "the rate at \(counts[bad]) is \(rates[bad]) for a base of \(base)\(when), not a finite number of 0 or more")
  }
}

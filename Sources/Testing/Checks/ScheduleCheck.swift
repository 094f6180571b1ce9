import GliaCore

/// Checks a schedule: rates are finite, not negative, in proportion to the base and bounded, now, long after its end, and
/// however many epochs bring no progress, and settings survive and count.
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
    found.expect(
      "follows the base", (5...20).contains(schedule.rate(base: 10 * base, at: 0) / rates[0]),
      "at first the rate is \(rates[0]) for a base of \(base) and \(schedule.rate(base: 10 * base, at: 0)) for "
        + "\(10 * base)\nlikely cause: the base is ignored, or multiplied twice")
    for loss in [1, Double.nan, .infinity] {
      let when = " after 5,000 epochs with a loss of \(loss)"
      let told = schedule.told(5000, loss: loss, base: base)
      found.checkRates(told.rates(base, counts), counts, base: base, when)
      found.expect(
        "equal rates", told.rates(base, counts) == schedule.told(5000, loss: loss, base: base).rates(base, counts),
        "told the same epochs again, the rates are others: a resumed training goes on elsewhere\n"
          + "likely cause: it remembers something outside of itself")
    }
  }
  var other = schedule
  for period in [SchedulePeriod.epoch, .step] {
    other.per = period
    found.expect(
      "counts steps or epochs", other.per == period, "per stays \(other.per.rawValue) when set to \(period.rawValue)")
  }
  found.checkEffects(of: schedule, registry) { $0.fingerprint }
  return found.results
}

extension Schedule {
  /// The schedule after `count` epochs with one loss.
  fileprivate func told(_ count: Int, loss: Double, base: Double) -> Self {
    var told = self
    for number in 1...count {
      told.epochEnded(Epoch(number: number, steps: number, learningRate: base, training: Evaluation(loss: loss)))
    }
    return told
  }

  fileprivate func rates(_ base: Double, _ counts: [Int]) -> [Double] { counts.map { rate(base: base, at: $0) } }
}

extension Findings {
  fileprivate mutating func checkRates(_ rates: [Double], _ counts: [Int], base: Double, _ when: String) {
    compare(
      "rates", rates, rates.map { $0.isFinite ? min(max($0, 0), 1000 * base) : 0 }, within: .exact,
      got: "for a base of \(base)\(when) it is", wanted: "the nearest from 0 to 1,000 times the base is",
      cause: "it has no end, or counts beyond it", at: { "count \(counts[$0])" })
  }
}

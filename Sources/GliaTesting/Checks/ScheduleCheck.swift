import GliaCore

/// Checks a schedule: learning rates are finite, nonnegative, bounded and proportional to the base rate, also long after
/// the schedule's end and after many epochs without progress; and its settings.
///
/// - Parameters:
///   - schedule: the schedule.
///   - registry: the registry for components among its settings.
public func checkSchedule(_ schedule: any Schedule, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(schedule)
  guard found.checkSettings(of: schedule, registry) else { return found.results }
  let counts = Array(0...300) + [1000, 10_000_000, .max]
  for base in [0.001, 0.1, 1] {
    let rates = schedule.rates(base, counts)
    found.checkRates(rates, counts, base: base, "")
    found.expect(
      "first rate", rates[0] > 0 && rates[0] <= 10 * base,
      "training starts at rate \(rates[0]) for base rate \(base)\nlikely cause: counts start from 0, not from 1")
    found.expect("same rates", schedule.rates(base, counts) == rates, "the same count gives a different rate")
    found.expect(
      "scales with the base rate", (5...20).contains(schedule.rate(base: 10 * base, at: 0) / rates[0]),
      "the initial rate is \(rates[0]) for base rate \(base) and \(schedule.rate(base: 10 * base, at: 0)) for "
        + "\(10 * base)\nlikely cause: the base rate is ignored, or applied twice")
    for loss in [1, Double.nan, .infinity] {
      let when = " after 5,000 epochs with a loss of \(loss)"
      let told = schedule.told(5000, loss: loss, base: base)
      found.checkRates(told.rates(base, counts), counts, base: base, when)
      found.expect(
        "same rates", told.rates(base, counts) == schedule.told(5000, loss: loss, base: base).rates(base, counts),
        "the same epochs give different rates the second time, so resumed training would differ\n"
          + "likely cause: hidden state outside of the schedule")
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
  /// The schedule after `count` epochs with a constant loss.
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
      got: "for base rate \(base)\(when), it is", wanted: "the nearest value from 0 to 1,000 times the base rate is",
      cause: "the schedule has no end, or continues beyond it", at: { "count \(counts[$0])" })
  }
}

/// The tick marks of an axis.
public struct Ticks: Hashable, Sendable {
  /// The labeled values in ascending order.
  public var values: [Double]
  /// The label of each value; on linear axes, all have the same number of decimals.
  public var labels: [String]
  /// The values of the minor ticks, which have no label.
  public var minor: [Double] = []
  /// The factor or offset that applies to all labels, such as `×10⁻¹²`.
  public var note: String?
  private var law = Law.given

  private enum Law: Hashable { case given, scale, wholeNumbers }

  /// Creates 4 to 7 ticks for `scale` on steps of 1, 2, 2.5, or 5 times a power of ten, or on powers of ten.
  ///
  /// `most` limits the number of ticks where there is little room; values below 2 count as 2.
  public init(_ scale: Scale, most: Int = 7) {
    if scale.kind == .logarithmic, let ticks = Ticks(logarithmic: scale, most: max(most, 2)) {
      self = ticks
    } else {
      self.init(linear: scale, most: max(most, 2))
    }
    law = .scale
  }

  /// Creates ticks at whole numbers, such as epochs, of which there are at most `most`.
  public init(wholeNumbersOf scale: Scale, most: Int = 7) {
    self.init(linear: scale, most: max(most, 2), wholeNumbers: true)
    law = .wholeNumbers
  }

  /// Creates ticks at `values` with `labels`.
  public init(values: [Double], labels: [String]) {
    self.values = values
    self.labels = labels
  }

  /// Returns ticks of the same kind, at most `count` of them if they were generated for `scale`.
  func limited(to count: Int, of scale: Scale) -> Ticks {
    switch law {
    case .given: self
    case .scale: Ticks(scale, most: count)
    case .wholeNumbers: Ticks(wholeNumbersOf: scale, most: count)
    }
  }

  /// The distance between equally spaced ticks; `nil` for fewer than two.
  var step: Double? {
    guard let first = values.first, let last = values.last, values.count > 1 else { return nil }
    return Double(Float((last - first) / Double(values.count - 1)))
  }

  /// Returns the ticks with minor ticks that divide the steps of a linear `scale`.
  func withMinor(of scale: Scale) -> Ticks {
    guard law == .scale, scale.kind == .linear, values.count > 1 else { return self }
    var copy = self
    let step = Step(spanning: scale, most: values.count, wholeNumbers: false)
    copy.minor = step.divided.range(in: scale).map(step.divided.multiple).filter { place in
      !values.contains { abs($0 - place) < step.size / 100 }
    }
    return copy
  }

  private init(linear scale: Scale, most count: Int, wholeNumbers: Bool = false) {
    let step = Step(spanning: scale, most: count, wholeNumbers: wholeNumbers)
    values = step.range(in: scale).map(step.multiple)
    let largest = max(abs(scale.low), abs(scale.high))
    let digits = NumberText.exponent(of: largest) - step.exponent + 1
    var offset = 0.0
    var exponent = 0
    if digits > 6 {
      let round = NumberText.power(step.exponent + 2)
      let above = (scale.low / round).rounded(.up) * round
      offset = above <= scale.high ? above : (scale.low / round).rounded(.down) * round
      note = (offset < 0 ? "− " : "+ ") + NumberText.digits(abs(offset))
    }
    let reach = values.map { abs($0 - offset) }.max() ?? 0
    if reach >= 99_999.5 || (reach < 0.00099 && reach > 0) {
      exponent = NumberText.exponent(of: reach)
      note = "×" + NumberText.powerOfTen(exponent) + (note.map { " " + $0 } ?? "")
    }
    let decimals = max(0, exponent - step.exponent + (step.factor == 2.5 ? 1 : 0))
    labels = values.map { NumberText.fixed(($0 - offset) / NumberText.power(exponent), decimals: decimals) }
  }
}

extension Ticks {
  /// Creates ticks at powers of ten, or at 1, 2, and 5 times these if there are few; `nil` if the axis is too short for
  /// either.
  private init?(logarithmic scale: Scale, most count: Int) {
    let first = NumberText.exponent(of: scale.low)
    let last = NumberText.exponent(of: scale.high)
    let decades = (first...last).filter { scale.contains(NumberText.power($0)) }
    func multiples(_ factors: some Sequence<Int>) -> [Double] {
      (first...last).flatMap { decade in factors.map { Double($0) * NumberText.power(decade) } }.filter(scale.contains)
    }
    if decades.count < 3 {
      let choices = [[1, 2, 5], [1, 3]].map(multiples)
      if let values = choices.first(where: { (3...max(count, 3)).contains($0.count) }) {
        self.init(values: values, labels: values.map(NumberText.step))
        minor = multiples(1...9).filter { !values.contains($0) }
        return
      }
    }
    guard decades.count > 1 else { return nil }
    let stride = (decades.count + count - 1) / count
    let shown = decades.filter { ($0 - decades[0]) % stride == 0 }
    self.init(values: shown.map(NumberText.power), labels: shown.map(NumberText.powerOfTen))
    minor =
      stride == 1
      ? multiples(2...9) : decades.filter { ($0 - decades[0]) % stride != 0 }.map(NumberText.power)
  }
}

/// The distance between ticks: `factor` times ten to the power of `exponent`.
private struct Step {
  let factor: Double
  let exponent: Int

  private init(_ factor: Double, _ exponent: Int) { (self.factor, self.exponent) = (factor, exponent) }

  /// Creates the smallest step with at most `count` multiples on the axis.
  init(spanning scale: Scale, most count: Int, wholeNumbers: Bool) {
    let start = NumberText.exponent(of: scale.high - scale.low) - 1
    let steps = (start...start + 3).flatMap { exponent in [1, 2, 2.5, 5].map { Step($0, exponent) } }
    let allowed = steps.filter { !wholeNumbers || ($0.size >= 1 && $0.size == $0.size.rounded()) }
    self = allowed.first { $0.count(in: scale) <= Double(count) } ?? Step(1, max(start, 0))
  }

  var size: Double { multiple(1) }

  /// The step of the minor ticks.
  var divided: Step { factor == 1 ? Step(2, exponent - 1) : factor == 5 ? Step(1, exponent) : Step(5, exponent - 1) }

  /// Returns `count` steps. Negative powers divide, so that 0.3 is 3 / 10 and not 3 × 0.1.
  func multiple(_ count: Double) -> Double {
    (-300..<0).contains(exponent)
      ? count * factor / NumberText.power(-exponent) : count * factor * NumberText.power(exponent)
  }

  /// Returns the multiples of the step on the axis.
  func range(in scale: Scale) -> [Double] {
    let first = (scale.low / size - 1e-6).rounded(.up)
    let last = (scale.high / size + 1e-6).rounded(.down)
    return last < first || last - first > 1000 ? [] : Array(stride(from: first, through: last, by: 1))
  }

  private func count(in scale: Scale) -> Double {
    (scale.high / size + 1e-6).rounded(.down) - (scale.low / size - 1e-6).rounded(.up) + 1
  }
}

extension Ticks {
  /// Creates at most three ticks of `scale` that fit into `length`.
  init(_ scale: Scale, fitting length: Double, _ theme: Theme) {
    self =
      [3, 2].lazy.map { Ticks(scale, most: $0) }.first { ticks in
        let widths = ticks.labels.map { theme.tick().width(of: $0) }
        return widths.reduce(widths.max() ?? 0, +) * 1.2 <= length
      } ?? Ticks(values: [], labels: [])
  }
}

extension Ticks {
  /// At most four of the ticks.
  var few: Ticks {
    let step = max((values.count + 3) / 4, 1)
    return keeping(values.indices.filter { $0 % step == 0 })
  }

  private func keeping(_ kept: some Collection<Int>) -> Ticks {
    var ticks = self
    (ticks.values, ticks.labels) = (kept.map { values[$0] }, kept.map { labels[$0] })
    return ticks
  }
}

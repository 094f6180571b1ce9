/// The marked numbers of an axis.
public struct Ticks: Hashable, Sendable {
  /// The numbers with a label, rising.
  public var values: [Double]
  /// The label of each, all with the same number of decimals.
  public var labels: [String]
  /// Numbers with a short mark only.
  public var minor: [Double] = []
  /// What all labels are to be multiplied with or added to, such as `×10⁻¹²`.
  public var note: String?

  /// The ticks of `scale`: 4 to 7 on steps of 1, 2, 2.5 or 5 times a power of ten, or powers of ten.
  ///
  /// Where there is little room, `most` may be less than 7.
  public init(_ scale: Scale, most: Int = 7) {
    if scale.kind == .logarithmic, let ticks = Ticks(decades: scale, most: most) {
      self = ticks
    } else {
      self.init(linear: scale, most: most)
    }
  }

  /// The whole numbers of `scale`, at most 7, as for epochs.
  public init(wholeNumbersOf scale: Scale) {
    self.init(linear: scale, wholeNumbers: true)
  }

  /// Ticks at `values` with `labels`.
  public init(values: [Double], labels: [String]) {
    self.values = values
    self.labels = labels
  }

  private init(linear scale: Scale, wholeNumbers: Bool = false, most: Int = 7) {
    let step = Step.smallest(for: scale, wholeNumbers: wholeNumbers, most: most)
    let range = step.range(in: scale)
    values = range.map(step.multiple)
    let largest = max(abs(scale.low), abs(scale.high))
    let digits = NumberText.exponent(of: largest) - step.exponent + 1
    var offset = 0.0
    var exponent = 0
    if digits > 6 {
      let round = NumberText.power(step.exponent + 2)
      offset = (scale.low / round).rounded(.up) * round
      note = (offset < 0 ? "− " : "+ ") + Self.plain(abs(offset))
    }
    let reach = values.map { abs($0 - offset) }.max() ?? 0
    if reach >= 99_999.5 || (reach < 0.00099 && reach > 0) {
      exponent = NumberText.exponent(of: reach)
      note = "×" + NumberText.powerOfTen(exponent) + (note.map { " " + $0 } ?? "")
    }
    let decimals = max(0, exponent - step.exponent + (step.factor == 2.5 ? 1 : 0))
    labels = values.map { NumberText.fixed(($0 - offset) / NumberText.power(exponent), decimals: decimals) }
  }

  private init?(decades scale: Scale, most: Int) {
    let first = NumberText.exponent(of: scale.low)
    let last = NumberText.exponent(of: scale.high)
    let inside = (first...last).filter { scale.contains(NumberText.power($0)) }
    guard inside.count > 1 else { return nil }
    let stride = (inside.count - 1) / max(most, 1) + 1
    let shown = inside.filter { ($0 - inside[0]) % stride == 0 }
    values = shown.map(NumberText.power)
    labels = shown.map(NumberText.powerOfTen)
    if stride == 1 {
      minor = (first...last).flatMap { decade in (2...9).map { Double($0) * NumberText.power(decade) } }
        .filter(scale.contains)
    }
  }

  /// All digits that a double holds, without those that only show its rounding.
  private static func plain(_ value: Double) -> String {
    if value < 1e15 && value == value.rounded() { return NumberText.fixed(value, decimals: 0) }
    return value < 1e15 ? NumberText.short(value, digits: 12).trimmingZeros : NumberText.short(value, digits: 8)
  }
}

/// The distance between ticks: `factor` times ten to the `exponent`.
private struct Step {
  let factor: Double
  let exponent: Int

  var size: Double { multiple(1) }

  /// `count` steps. Powers below one divide, so that 0.3 is 3 / 10 and not 3 × 0.1.
  func multiple(_ count: Double) -> Double {
    (-300..<0).contains(exponent)
      ? count * factor / NumberText.power(-exponent) : count * factor * NumberText.power(exponent)
  }

  /// The multiples of the step on the axis.
  func range(in scale: Scale) -> [Double] {
    let first = (scale.low / size - 1e-6).rounded(.up)
    let last = (scale.high / size + 1e-6).rounded(.down)
    return last < first ? [] : Array(stride(from: first, through: last, by: 1))
  }

  private func count(in scale: Scale) -> Double {
    (scale.high / size + 1e-6).rounded(.down) - (scale.low / size - 1e-6).rounded(.up) + 1
  }

  static func smallest(for scale: Scale, wholeNumbers: Bool, most: Int) -> Step {
    let start = NumberText.exponent(of: scale.high - scale.low) - 1
    let steps = (start...start + 3).flatMap { exponent in [1, 2, 2.5, 5].map { Step(factor: $0, exponent: exponent) } }
    let allowed = steps.filter { !wholeNumbers || ($0.size >= 1 && $0.size == $0.size.rounded()) }
    return allowed.first { $0.count(in: scale) <= Double(most) } ?? Step(factor: 1, exponent: max(start, 0))
  }
}

extension String {
  /// Without zeros at the end of its decimals.
  var trimmingZeros: String {
    guard contains("."), !contains("×") else { return self }
    var copy = self
    while copy.last == "0" { copy.removeLast() }
    if copy.last == "." { copy.removeLast() }
    return copy
  }
}

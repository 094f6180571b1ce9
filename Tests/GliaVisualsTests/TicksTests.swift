import Testing

@testable import GliaVisuals

@Suite struct TicksTests {
  /// An axis with its expected labels.
  struct Case: Sendable, CustomTestStringConvertible {
    let low: Double
    let high: Double
    let labels: [String]
    var note: String?
    var testDescription: String { "\(low) to \(high)" }
  }

  static let cases = [
    Case(low: 0, high: 1, labels: ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    Case(low: -1.1, high: 1.1, labels: ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
    Case(low: 0, high: 10, labels: ["0", "2", "4", "6", "8", "10"]),
    Case(low: 0, high: 16, labels: ["0.0", "2.5", "5.0", "7.5", "10.0", "12.5", "15.0"]),
    Case(low: 3, high: 97, labels: ["20", "40", "60", "80"]),
    Case(low: 0, high: 1300, labels: ["0", "200", "400", "600", "800", "1000", "1200"]),
    Case(low: -7.3, high: -7.1, labels: ["−7.30", "−7.25", "−7.20", "−7.15", "−7.10"]),
    Case(low: 0, high: 1e-12, labels: ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], note: "×10⁻¹²"),
    Case(low: -4e12, high: 1e12, labels: ["−4", "−3", "−2", "−1", "0", "1"], note: "×10¹²"),
    Case(
      low: 1e9, high: 1e9 + 10, labels: ["0", "2", "4", "6", "8", "10"], note: "+ 1000000000"),
    // A single value, such as a constant loss or a single point.
    Case(low: 5, high: 5, labels: ["4.6", "4.8", "5.0", "5.2", "5.4"]),
    Case(low: -3, high: -3, labels: ["−3.3", "−3.2", "−3.1", "−3.0", "−2.9", "−2.8", "−2.7"]),
    Case(low: 0, high: 0, labels: ["−0.4", "−0.2", "0.0", "0.2", "0.4"]),
    Case(low: 1e12, high: 1e12, labels: ["0.90", "0.95", "1.00", "1.05", "1.10"], note: "×10¹²"),
    Case(low: -1e-12, high: 1e-12, labels: ["−1.0", "−0.5", "0.0", "0.5", "1.0"], note: "×10⁻¹²"),
    Case(low: -0.4, high: 2.6, labels: ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"]),
    Case(low: -12_345, high: -1, labels: ["−12000", "−10000", "−8000", "−6000", "−4000", "−2000"]),
    Case(low: 100.0001, high: 100.0002, labels: ["1.0", "1.2", "1.4", "1.6", "1.8", "2.0"], note: "×10⁻⁴ + 100"),
    Case(low: -1e9 - 10, high: -1e9, labels: ["−10", "−8", "−6", "−4", "−2", "0"], note: "− 1000000000"),
  ]

  @Test(arguments: cases) func labels(_ expected: Case) {
    let ticks = Ticks(Scale(from: expected.low, to: expected.high))
    #expect(ticks.labels == expected.labels)
    #expect(ticks.note == expected.note)
  }

  /// Logarithmic axes that span less than one to thirty decades.
  static let logarithmic = [
    Case(low: 1, high: 10, labels: ["1", "2", "5", "10"]),
    Case(low: 0.03, high: 0.4, labels: ["0.05", "0.1", "0.2"]),
    Case(low: 0.05, high: 2, labels: ["0.05", "0.1", "0.2", "0.5", "1", "2"]),
    Case(low: 0.15, high: 99, labels: ["0.3", "1", "3", "10", "30"]),
    Case(low: 2e-9, high: 3e-8, labels: ["2×10⁻⁹", "5×10⁻⁹", "10⁻⁸", "2×10⁻⁸"]),
    Case(low: 1, high: 1000, labels: ["10⁰", "10¹", "10²", "10³"]),
    Case(low: 1e-7, high: 3, labels: ["10⁻⁷", "10⁻⁵", "10⁻³", "10⁻¹"]),
    Case(low: 1e-15, high: 1e15, labels: ["10⁻¹⁵", "10⁻¹⁰", "10⁻⁵", "10⁰", "10⁵", "10¹⁰", "10¹⁵"]),
    // Too short for powers of ten: equal steps at unequal distances.
    Case(low: 3, high: 4.6, labels: ["3.00", "3.25", "3.50", "3.75", "4.00", "4.25", "4.50"]),
  ]

  @Test(arguments: logarithmic) func logarithmicLabels(_ expected: Case) {
    let scale = Scale(.logarithmic, from: expected.low, to: expected.high)
    let ticks = Ticks(scale)
    #expect(ticks.labels == expected.labels)
    #expect(ticks.minor.allSatisfy { scale.contains($0) && !ticks.values.contains($0) })
  }

  @Test func decadesLeftOutHaveShortMarks() {
    let ticks = Ticks(Scale(.logarithmic, from: 1e-15, to: 1e15))
    #expect(ticks.minor.count == 24)
  }

  @Test(arguments: 2...7) func fewerTicksWhereAsked(count: Int) {
    for span in [1.0, 1.7, 3.3, 9, 1e-9, 4e7] {
      let scale = Scale(from: span * 0.13, to: span * 1.13)
      #expect((1...count).contains(Ticks(scale, most: count).values.count), "\(scale)")
      #expect(Ticks(wholeNumbersOf: scale, most: count).values.count <= count)
      let decades = Scale(.logarithmic, from: 1e-9, to: span * 1e10)
      #expect((1...count).contains(Ticks(decades, most: count).values.count), "\(decades)")
    }
  }

  @Test func shortMarksDivideTheSteps() {
    func minor(_ low: Double, _ high: Double) -> [Double] {
      let scale = Scale(from: low, to: high)
      return Ticks(scale).withMinor(of: scale).minor
    }
    // Steps of 0.2 by 4, of 2.5 by 5, of 5 by 5 and of 1 by 5.
    #expect(minor(0, 1).count == 15)
    #expect(minor(0, 16).count == 26)
    #expect(minor(-1.1, 1.1).count == 18)
    #expect(minor(0, 6).count == 24)
    #expect(minor(0, 1).allSatisfy { abs($0 * 20 - ($0 * 20).rounded()) < 1e-9 })
  }

  @Test func labelsThatHaveNoRoomAreLeftOut() {
    let axis = Axis(Scale(from: 0, to: 1))
    #expect(axis.fitted(to: 400, vertical: false, theme: .light).ticks == axis.ticks)
    for length in [200.0, 90, 60, 40, 10, 0, -5, .nan] {
      let ticks = axis.fitted(to: length, vertical: false, theme: .light).ticks
      #expect(ticks.values.count >= 2 && ticks.values.count < 7)
      let width = ticks.labels.map { Theme.light.tick().width(of: $0) }.reduce(0, +)
      if length >= 60 { #expect(width < length) }
    }
    // Ticks chosen by a figure are kept.
    let own = Axis(Scale(from: 0, to: 1), ticks: Ticks(values: [0, 0.1, 0.2], labels: ["long", "longer", "longest"]))
    #expect(own.fitted(to: 20, vertical: false, theme: .light).ticks.labels.count == 3)
  }

  @Test func alwaysFourToSevenOnNiceSteps() {
    var low = -3.7
    var span = 1e-15
    while span < 1e15 {
      low = -low * 1.37
      span *= 1.618
      let scale = Scale(from: low * span, to: low * span + span)
      let ticks = Ticks(scale)
      #expect((4...7).contains(ticks.values.count), "\(scale)")
      #expect(Set(ticks.labels).count == ticks.labels.count, "\(ticks.labels)")
      let decimals = Set(ticks.labels.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 })
      #expect(decimals.count == 1)
      if ticks.note == nil {
        let read = ticks.labels.map { Double($0.replacing("−", with: "-")) ?? .nan }
        #expect(zip(read, ticks.values).allSatisfy { abs($0 - $1) < span * 1e-3 }, "\(ticks.labels)")
      }
      if abs(low) > 1e3 { low = 0.9 }
    }
  }

  @Test(arguments: [
    (0.0, 0.0), (5.0, 5.0), (1e12, 1e12), (-1e-12, -1e-12), (3, 1), (-.infinity, .infinity), (.nan, .nan),
    (1e300, 1e308), (Double.leastNonzeroMagnitude, Double.leastNonzeroMagnitude), (1e12, 1e12 + 1e-3),
    (-1.7e308, 1.7e308),
  ])
  func everyRangeGivesAnAxis(low: Double, high: Double) {
    for kind in [Scale.Kind.linear, .logarithmic] {
      let scale = Scale(kind, from: low, to: high)
      let ticks = Ticks(scale)
      #expect(ticks.values.count == ticks.labels.count)
      #expect(ticks.values.count <= 8)
      if !low.isNaN {
        #expect(scale.low < scale.high)
        #expect(!ticks.values.isEmpty)
      }
    }
  }

  @Test func decades() {
    let ticks = Ticks(Scale(.logarithmic, from: 3e-3, to: 50))
    #expect(ticks.labels == ["10⁻²", "10⁻¹", "10⁰", "10¹"])
    #expect(ticks.minor.contains { abs($0 - 0.02) < 1e-12 })
    #expect(ticks.minor.first.map { abs($0 - 3e-3) < 1e-12 } == true)
    #expect(ticks.minor.last.map { abs($0 - 50) < 1e-9 } == true)
    #expect(Ticks(Scale(.logarithmic, from: 1e-20, to: 1e20)).values.count <= 7)
  }

  @Test func wholeNumbers() {
    #expect(Ticks(wholeNumbersOf: Scale(from: 0.5, to: 1.5)).labels == ["1"])
    #expect(Ticks(wholeNumbersOf: Scale(from: 0.5, to: 3.5)).labels == ["1", "2", "3"])
    #expect(Ticks(wholeNumbersOf: Scale(from: 0, to: 200)).labels == ["0", "50", "100", "150", "200"])
    #expect(Ticks(wholeNumbersOf: Scale(from: 0, to: 12)).labels == ["0", "2", "4", "6", "8", "10", "12"])
  }

  @Test func scales() {
    let scale = Scale.spanning([.nan, 2, .infinity, 6, -.infinity, 4], padding: 0.25)
    #expect(scale == Scale(from: 1, to: 7))
    #expect(scale.fraction(4) == 0.5)
    #expect(scale.value(at: 0.5) == 4)
    let decades = Scale.spanning([0, -1, .nan, 1e-4, 1], .logarithmic, padding: 0)
    #expect(abs(decades.fraction(1e-2) - 0.5) < 1e-12)
    #expect(abs(decades.value(at: 0.25) - 1e-3) < 1e-12)
    #expect(Scale.spanning([]) == Scale(from: 0, to: 1))
    #expect(Scale.spanning([7.0]).fraction(7) == 0.5)
  }
}

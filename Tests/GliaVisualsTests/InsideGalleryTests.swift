import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct InsideGalleryTests {
  private func curve(_ function: (Double) -> Double) -> FunctionCurve {
    FunctionCurve(of: function, over: -4...4, samples: 400, height: Scale(from: -2, to: 4))
  }

  @Test func kinksAreNoJumps() throws {
    let curve = curve { max($0, 0) }
    #expect(curve.pieces.count == 1 && !curve.isBroken)
    // The corner itself is among the points.
    #expect(curve.pieces[0].points.contains(Point(0, 0)))
    #expect(self.curve { $0 * $0 * $0 }.pieces.count == 1)
  }

  @Test func aStepHasTwoPiecesOneOfWhichHoldsItsValue() throws {
    let pieces = curve { $0 < 0 ? 0 : 1 }.pieces
    try #require(pieces.count == 2)
    #expect(pieces[0].isOpenAtEnd && !pieces[0].isClosedAtEnd && pieces[0].points.last?.y == 0)
    #expect(pieces[1].isClosedAtStart && !pieces[1].isOpenAtStart && pieces[1].points.first == Point(0, 1))
    let end = try #require(pieces[0].points.last?.x)
    #expect(end < 0 && end > -1e-30)
    let other = curve { $0 <= 0.3 ? 0 : 1 }.pieces
    #expect(other.count == 2 && abs((other[0].points.last?.x ?? 0) - 0.3) < 1e-6)
  }

  @Test func aSignHasAPointOfItsOwnAtZero() throws {
    let pieces = curve { $0 < 0 ? -1 : $0 > 0 ? 1 : 0 }.pieces
    try #require(pieces.count == 3)
    #expect(pieces[1].points.allSatisfy { $0 == Point(0, 0) })
    #expect(pieces[1].isClosedAtStart && pieces[0].isOpenAtEnd && pieces[2].isOpenAtStart)
  }

  @Test func whatIsNotFiniteCutsTheCurve() {
    let curve = curve { 1 / $0 }
    #expect(curve.isBroken && curve.pieces.count == 2)
    #expect(self.curve { _ in .nan }.pieces.isEmpty)
  }

  @Test func anActivationHasItsFormulaRangeAndDerivative() {
    let entry = ActivationGallery.Entry(Squashed())
    #expect(entry.name == "squashed" && entry.formula == "1 / (1 + e^-z)" && entry.range == 0...1)
    #expect(entry.value(0) == 0.5 && entry.derivative?(0) == 0.25)
    #expect(abs(entry.value(2) - 0.8807971) < 1e-6 && abs((entry.derivative?(2) ?? 0) - 0.1049936) < 1e-6)
  }

  @Test func anActivationOfRowsIsThatOfTwoNumbers() {
    let entry = ActivationGallery.Entry(LargestOnly())
    #expect(entry.formula == "of (z, 0): z where it is the largest")
    #expect(entry.value(3) == 3 && entry.value(-3) == 0)
  }

  @Test func theRegistryHasItsActivations() throws {
    var registry = Registry()
    try registry.register(Rectified.self)
    try registry.register(Squashed.self)
    let figure = ActivationGallery(registry)
    #expect(figure.entries.map(\.name) == ["rectified", "squashed"])
    #expect(try figure.shrunk(scale: 0.8).png() == figure.shrunk(scale: 0.8).png())
  }

  @Test func jumpsAreNotJoined() throws {
    var figure = ActivationGallery(entries: [.init("step") { $0 < 0 ? 0 : 1 }]).shrunk(480, 360, scale: 1)
    figure.limits = -1...2
    let joined = ActivationGallery(entries: [.init("steep") { min(max(0.5 + 40 * $0, 0), 1) }]).shrunk(
      480, 360, scale: 1)
    func ink(_ figure: ActivationGallery) throws -> Int { try figure.picture().count(near: Theme.light.hue(0)) }
    var steep = joined
    steep.limits = -1...2
    // The joint is about 70 pixels long and 2 wide.
    #expect(try ink(steep) - ink(figure) > 60)
  }

  @Test(arguments: [1, 2, 3, 7, 27, 60]) func anyNumberFits(count: Int) throws {
    let entry = ActivationGallery.Entry(
      "a very long name of an activation", formula: "a formula that takes more room than there is by far",
      range: -.infinity...(.infinity), value: { $0 }, derivative: { _ in 1 })
    let figure = ActivationGallery(entries: Array(repeating: entry, count: count))
    #expect(try figure.shrunk(800, 600, scale: 0.8).png().width == 800)
    var narrow = figure
    narrow.columns = 1
    if count < 8 { #expect(try narrow.shrunk(400, 1600, scale: 0.8).png().width == 400) }
  }

  @Test func wrongDataIsRefused() throws {
    func error(_ change: (inout ActivationGallery) -> Void) -> GliaError? {
      var figure = ActivationGallery([Rectified()]).shrunk()
      change(&figure)
      return #expect(throws: GliaError.self) { try figure.png() }
    }
    #expect(error { $0.entries = [] }?.what == "there are no activations to draw")
    #expect(error { $0.domain = -.infinity...1 }?.place == "domain")
    #expect(error { $0.limits = 1...1 }?.place == "limits")
    #expect(error { $0 = $0.shrunk(30, 30, scale: 1) }?.what == "the plots do not fit on a page of 30 × 30 pixels")
    var broken = ActivationGallery(entries: [.init("none", value: { _ in .nan })])
    broken.domain = -1e300...1e300
    #expect(try broken.shrunk().png().width == 480)
  }
}

/// z where it is the largest of its row, else 0.
private struct LargestOnly: Activation {
  static let name = "largest_only"
  static let summary = "z where it is the largest"
  func apply(_ values: inout MutableSpan<Float>, width: Int) {
    for start in stride(from: 0, to: values.count, by: width) {
      var largest = -Float.infinity
      for i in start..<start + width { largest = max(largest, values[i]) }
      for i in start..<start + width where values[i] < largest { values[i] = 0 }
    }
  }
  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices where a[i] == 0 { gradient[i] = 0 }
  }
}

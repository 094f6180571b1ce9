import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct DecisionPointsTests {
  /// Returns the number of pixels near `color` in a large mark.
  private func area(
    of color: Color, radius: Double, _ mistake: MarkStamp.Mistake?, _ theme: Theme = .light, drawn: Color? = nil
  ) throws -> Int {
    var canvas = try Canvas(pixelWidth: 400, pixelHeight: 400, scale: 20, background: theme.page)
    canvas.mark(
      .circle, at: Point(10, 10), radius: radius, color: drawn ?? color, mistake: mistake, theme: theme)
    let picture = try canvas.decoded()
    return (0..<160_000).count {
      let (found, hue) = (picture.color($0 % 400, $0 / 400), [color.red, color.green, color.blue].map(Int.init))
      return zip(found, hue).allSatisfy { abs($0 - $1) < 12 }
    }
  }

  @Test(arguments: [MarkStamp.Mistake.ringed, .crossed]) func aMistakeKeepsItsHue(mistake: MarkStamp.Mistake) throws {
    let radius = mistake == .ringed ? 4.0 : 2.0
    for hue in Theme.light.palette {
      let plain = try area(of: hue, radius: radius, nil)
      let marked = try area(of: hue, radius: radius, mistake)
      #expect(marked < plain && Double(marked) > 0.6 * Double(plain))
    }
    let ink = Theme.light.text
    #expect(try area(of: ink, radius: radius, mistake, drawn: Color(0xE69F00)) > 400)
  }

  @Test func aCrossIsSeenOnBlack() throws {
    let black = Theme.print.palette[0]
    let (plain, marked) = (
      try area(of: black, radius: 4, nil, .print), try area(of: black, radius: 4, .ringed, .print)
    )
    #expect(Double(marked) < 0.95 * Double(plain))
  }

  @Test func ringsNeedRoom() {
    #expect(MarkStamp.Mistake(radius: 4, share: 0.1) == .ringed)
    #expect(MarkStamp.Mistake(radius: 2, share: 0.1) == .crossed)
    #expect(MarkStamp.Mistake(radius: 4, share: 0.2) == .crossed)
  }

  /// The second class is to the right of 0.
  private func figure(_ sets: [PointSet]) -> DecisionBoundary {
    DecisionBoundary(classes: ["left", "right"], points: sets) { points in
      stride(from: 0, to: points.count, by: 2).map { points[$0] < 0 ? 0 : 1 }
    }
  }

  /// Returns `count` points at 1, every tenth of which has the wrong class.
  private func set(_ name: String, _ count: Int) -> PointSet {
    var set = PointSet(
      name, Array(repeating: 1, count: 2 * count), labels: (0..<count).map { $0 % 10 == 0 ? 0 : 1 })
    set.predictions = Array(repeating: 1, count: count)
    return set
  }

  @Test func allAreCountedWhereSomeAreDrawn() throws {
    let some = figure([set("train", 20_000).thinned(every: 3)])
    #expect(some.points[0].count == 6667)
    let marks = try DecisionPoints(some)
    #expect(
      marks.legend(counting: true).entries.map(\.name) == ["left (2,000)", "right (18,000)", "misclassified (2,000)"])
    #expect(marks.accuracy == "90.0 %")
    func note(_ figure: DecisionBoundary) throws -> String {
      let axis = Axis(Scale(from: -1, to: 1))
      let plot = Plot(area: Rect(x: 0, y: 0, width: 10, height: 10), x: axis, y: axis, theme: .light)
      return figure.note(try DecisionField(figure, plot, pixels: 10))
    }
    #expect(try note(some) == "1 in 3 points drawn")
    #expect(try note(figure([set("train", 90).thinned(every: 3), set("test", 10)])) == "1 in 3 points of train drawn")
    #expect(
      try note(figure([set("a", 90).thinned(every: 3), set("b", 90).thinned(every: 3)])) == "1 in 3 points drawn")
    #expect(try note(figure([set("train", 90)])).isEmpty)
    // Points that are not finite are not mistakes; they count as skipped.
    var odd = set("train", 30)
    odd.coordinates[0] = .nan
    #expect(try note(figure([odd.thinned(every: 2)])) == "1 in 2 points drawn · 1 point that is not finite left out")
    #expect(try DecisionPoints(figure([odd.thinned(every: 2)])).accuracy == "93.1 %")
  }

  @Test func aSecondRoundOfHuesIsHatched() throws {
    var one = DecisionBoundary(
      classes: (0..<12).map { "class \($0)" }, points: [PointSet("train", [0, 0, 1, 1], labels: [0, 0])]
    ) { points in
      stride(from: 0, to: points.count, by: 2).flatMap { _ in (0..<12).map { $0 == 0 ? 1 : 0 } }
    }
    (one.page.width, one.page.height, one.page.scale, one.marksMistakes) = (400, 400, 1, false)
    var other = one
    other.scores = { points in
      stride(from: 0, to: points.count, by: 2).flatMap { _ in (0..<12).map { $0 == 10 ? 1 : 0 } }
    }
    // A row of a region without points.
    func shades(_ figure: DecisionBoundary) throws -> Set<[Int]> {
      let picture = try Picture(figure.png().encode())
      return Set((80..<140).map { picture.color($0, 180) })
    }
    let (plain, hatched) = (try shades(one), try shades(other))
    #expect(plain.count == 1 && hatched.count > 2 && hatched.isSuperset(of: plain))
  }
}

/// Scores map to classes by the same rule whether a figure is made from a model or from its network.
@Suite struct DecisionRuleTests {
  @Test(arguments: [[1, -1, 0], [0.1, 0.2, -0.1], [-3, 1, 1]] as [[Float]])
  func outputsWithinTwoNumbersAreDecidedInTheMiddle(weights: [Float]) throws {
    var network = try Network(input: [2], layers: [PlainLayer(1, Squashed())])
    try network.set("layers.0.weight", to: Tensor(shape: [1, 2], Array(weights.prefix(2))))
    try network.set("layers.0.bias", to: Tensor(shape: [1], [weights[2]]))
    var experiment = Experiment()
    experiment.training.loss = SquaredError()
    let model = Model(network: network, experiment: experiment, classes: ["0", "1"])
    let wanted = model.decide(try network.predict(corners().inputs))
    #expect(try ClassScores(of: network, on: corners()).decisions == wanted)
    #expect(try ClassScores(of: model, on: corners()).decisions == wanted)
    let figure = try DecisionBoundary(of: network, on: corners())
    #expect(figure.scoreKind == .decision(threshold: 0.5, range: 0...1))
    #expect(model.scoreKind == figure.scoreKind)
  }
}

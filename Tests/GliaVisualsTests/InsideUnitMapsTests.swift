import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct InsideUnitMapsTests {
  /// One layer with two units: x₁, and the rectified -x₂ - 5, which is 0 in the whole picture.
  private func figure(_ change: (inout UnitMaps) -> Void = { _ in }) -> UnitMaps {
    var figure = UnitMaps(layers: [LayerSummary("hidden 1", units: 2, activation: "tanh", range: -1...1, threshold: 0)])
    {
      points in [stride(from: 0, to: points.count, by: 2).flatMap { [points[$0], max(-points[$0 + 1] - 5, 0)] }]
    }
    figure.limits = (-1...1, -1...1)
    change(&figure)
    return figure.shrunk()
  }

  @Test func aMapIsBlueBelowAndOrangeAboveTheThreshold() throws {
    let figure = figure().shrunk(scale: 1)
    let layout = try UnitMapsLayout(
      figure, units: [2], bounds: Rect(x: 0, y: 0, width: 480, height: 360), x: Scale(from: -1, to: 1),
      y: Scale(from: -1, to: 1))
    let (map, other) = (layout.maps[0][0], layout.maps[0][1])
    let picture = try figure.picture()
    let row = Int(map.center.y)
    let (left, middle, right) = (
      picture.color(Int(map.x) + 3, row), picture.color(Int(map.center.x.rounded(.down)), row),
      picture.color(Int(map.maxX) - 3, row)
    )
    #expect(left[2] > left[0] + 80 && right[0] > right[2] + 80)
    #expect(middle.allSatisfy { $0 < 140 })
    // 0 is the middle of -1 ... 1, which has no hue.
    #expect(picture.color(Int(other.center.x), row) == [0xF7, 0xF7, 0xF7])
  }

  @Test func unitsOfALayerShareTheirScale() throws {
    let units = [LayerSummary("a", units: 2, range: 0...(.infinity)), LayerSummary("b", units: 1, range: 0...1)]
    let maps = UnitMaps(layers: units) { points in
      let rows = stride(from: 0, to: points.count, by: 2)
      return [rows.flatMap { _ in [1, 4] as [Float] }, rows.map { _ in 1 }]
    }
    let axis = Scale(from: 0, to: 1)
    let field = try UnitField(maps, units: [[0, 1], [0]], x: axis, y: axis, nodes: 10)
    #expect(field.spans[0].reach == 4 && field.spans[0].middle == 0 && field.spans[0].shown == 0.5...1)
    #expect(field.spans[0].place(4) == 1 && field.spans[0].place(0) == 0.5)
    #expect(field.spans[1].reach == 0.5 && field.spans[1].middle == 0.5 && field.spans[1].shown == 0...1)
    #expect(field.bar(0, .light).ticks.map(\.label) == ["0", "4"])
    #expect(field.bar(1, .light).ticks.map(\.label) == ["0.5", "0", "1"])
  }

  @Test func deadUnitsAreNamed() throws {
    let points = PointSet("data", [-1, -1, 1, 1], labels: [0, 0])
    #expect(try figure { $0.points = [points] }.shrunk(scale: 1).picture().alarmed > 5)
    #expect(try figure().shrunk(scale: 1).picture().alarmed == 0)
    // Without points, no unit is known to be dead.
    #expect(
      try figure { $0.points = [PointSet("data", [.nan, 1], labels: [0])] }.shrunk(scale: 1).picture().alarmed == 0)
  }

  @Test func whatIsLeftOutIsCounted() throws {
    var figure = figure { $0.points = [PointSet("data", [.nan, 0, 0, 0], labels: [0, 0])] }
    figure.activations = { points in
      [stride(from: 0, to: points.count, by: 2).flatMap { [1, points[$0] < 0 ? .nan : 1] }]
    }
    let axis = Scale(from: -1, to: 1)
    let field = try UnitField(figure, units: [[0, 1]], x: axis, y: axis, nodes: 10)
    #expect(figure.note(field) == "1 point that is not finite left out · values of 1 unit not finite in places (gray)")
    figure.points = [PointSet("data", Array(repeating: 0.5, count: 2000), labels: Array(repeating: 0, count: 1000))]
    #expect(figure.note(field).hasPrefix("1 in 3 points drawn · "))
    _ = try figure.png()
  }

  @Test func wrongDataIsRefused() throws {
    func error(_ change: (inout UnitMaps) -> Void) -> GliaError? {
      #expect(throws: GliaError.self) { try figure(change).png() }
    }
    #expect(error { $0.layers = [] }?.what == "there are no layers to draw")
    #expect(error { $0.layers[0].units = 0 }?.what == "a layer has 0 units")
    #expect(error { $0.layers[0].units = .max }?.what == "a layer has \(Int.max) units")
    #expect(error { ($0.layers[0].units, $0.mostUnits) = (10_000_000, .max) } != nil)
    #expect(error { $0.activations = { _ in [] } }?.what == "values of 0 layers for 1 that are to be drawn")
    #expect(error { $0.activations = { _ in [[1, 2, 3]] } }?.place == "hidden 1")
    #expect(error { $0.limits = nil }?.what == "there are no points to draw")
    #expect(error { $0.points = [PointSet("data", [0, 0], labels: [3])] }?.what == "a point has the class 3")
    let crowd = error { figure in
      figure.layers = (0..<40).map { LayerSummary("\($0)", units: 64) }
      figure.activations = { points in Array(repeating: Array(repeating: 0, count: points.count * 32), count: 40) }
    }
    #expect(crowd?.what == "2560 units do not fit on a page of 480 × 360 pixels")
  }

  @Test(arguments: [[1], [1, 1, 1], [64, 32, 16, 3], [7, 500]]) func everyShapeHasItsLayout(units: [Int]) throws {
    var figure = UnitMaps(layers: units.map { LayerSummary("layer", units: $0, threshold: 0) }) { points in
      units.map { Array(repeating: 0, count: points.count / 2 * $0) }
    }
    figure.limits = (0...1, 0...1)
    figure.mostUnits = 64
    let page = Rect(x: 0, y: 0, width: 800, height: 600)
    let axis = Scale(from: 0, to: 1)
    let layout = try UnitMapsLayout(figure, units: units.map { min($0, 64) }, bounds: page, x: axis, y: axis)
    let all = layout.maps.joined()
    #expect(all.count == units.reduce(0) { $0 + min($1, 64) })
    for (index, map) in all.enumerated() {
      #expect(map.x >= Page.margin && map.maxX <= 800 - Page.margin && map.maxY <= 600 - Page.margin)
      #expect(abs(map.width - map.height) < 1e-9)
      for other in all.prefix(index) {
        #expect(other.maxX <= map.x || map.maxX <= other.x || other.maxY <= map.y || map.maxY <= other.y)
      }
    }
    #expect(try figure.shrunk(320, 240, scale: 0.4).png().width == 320)
  }

  @Test func rowsEndTogetherWhereTheyCan() throws {
    let page = Rect(x: 0, y: 0, width: 800, height: 600)
    let axis = Scale(from: 0, to: 1)
    let figure = UnitMaps(layers: [LayerSummary("a", units: 16), LayerSummary("b", units: 1)]) { _ in [] }
    let maps = try UnitMapsLayout(figure, units: [16, 1], bounds: page, x: axis, y: axis).maps
    #expect(maps[0][7].y == maps[0][0].y && maps[0][8].y > maps[0][0].y)
    #expect(maps[1][0].width > maps[0][0].width)
  }

  @Test func theKeyTellsWhatItLeavesOut() {
    let figure = figure {
      $0.points = [PointSet("data", [0, 0], labels: [0])]
      $0.classes = (0..<12).map { "Handroanthus impetiginosus \($0)" }
    }
    let all = figure.entries
    #expect(Set(all.classes.map(\.key).map { "\($0)".prefix { $0 != "," } }).count > 8)
    let wide = UnitKey(all, width: 600, height: 1000, .light).legend
    #expect(wide.entries.map(\.name) == figure.classes + ["threshold"])
    let short = UnitKey(all, width: 600, height: 50, .light).legend
    #expect(short.rowHeight(within: 600) <= 50)
    #expect(short.entries.count == 5 && short.entries.suffix(2).map(\.name) == ["and 9 more", "threshold"])
    #expect(UnitKey(all, width: 10, height: 10, .light).legend.entries.map(\.name) == ["and 12 more", "threshold"])
  }

  @Test(arguments: [(0.0, 3e9, "(×10⁹)"), (0, 3e-9, "(×10⁻⁹)"), (1e6, 1e6 + 3, "(+ 1000000)")])
  func theFactorOfAnAxisStandsBehindItsName(low: Double, high: Double, factor: String) {
    for (name, room) in [("a", 150.0), ("mean annual precipitation of the wettest quarter", 150)] {
      let axis = UnitMapsLayout.axis(Scale(from: low, to: high), name, room: room, .light)
      #expect(axis.ticks.note == nil && axis.name.hasSuffix(" " + factor))
      #expect(Theme.light.label().width(of: axis.name) <= room)
    }
    #expect(UnitMapsLayout.axis(Scale(from: 0, to: 3), "a", room: 150, .light).name == "a")
  }

  @Test(arguments: [(1, 1), (40, 400), (400, 40)]) func pagesThatAreTooSmallAreRefused(width: Int, height: Int) {
    #expect(throws: GliaError.self) { try figure().shrunk(width, height, scale: 1).png() }
  }

  @Test func sameFigureSameBytes() throws {
    #expect(try figure().png().encode() == figure().png().encode())
  }
}

@Suite struct InsideNetworkTests {
  @Test func layersThatActOnEachUnitAloneBelongToTheOneBefore() throws {
    let blocks = try exclusiveOr().blocks
    #expect(blocks.map(\.layers) == [0...1, 2...2])
    #expect(blocks.map(\.summary.name) == ["hidden 1", "output"])
    #expect(blocks.map(\.summary.detail) == ["2 rectified · silent", "1 rectified"])
    #expect(blocks[0].summary.range == 0...(.infinity))
    #expect(try #require(blocks[0].summary.threshold) == Double(Float(1e-4)))
  }

  @Test func silenceBeforeTheFirstUnitsIsNoLayer() throws {
    let blocks = try Network(input: [2], layers: [SilentLayer(), PlainLayer(3, Squashed())]).blocks
    #expect(blocks.map(\.layers) == [0...1])
    #expect(blocks[0].summary.detail == "3 squashed")
    #expect(abs(try #require(blocks[0].summary.threshold) - 0.500025) < 1e-7)
    #expect(try Network(input: [2], layers: [SilentLayer()]).blocks.map(\.summary.units) == [2])
  }

  @Test func theMapsOfANetworkAreItsActivations() throws {
    let maps = try UnitMaps(of: exclusiveOr(), on: corners())
    #expect(try maps.values(of: [[0, 1], [0]], at: [0, 1, 1, 1]) == [1, 0, 1, 2, 1, 0])
    #expect(maps.classes == ["class 0", "class 1"] && maps.points[0].labels == [0, 1, 1, 0])
    #expect(maps.axes == ("x₁", "x₂"))
    #expect(try maps.shrunk().png().width == 480)
  }

  @Test func onlyPlanesHaveMaps() throws {
    let network = try Network(input: [3], layers: [PlainLayer(1)])
    #expect(throws: GliaError.self) { try UnitMaps(of: network, on: corners()) }
    let data = try Dataset(inputs: Tensor(shape: [1, 3], [1, 2, 3]), targets: [Column("y", [1])])
    #expect(throws: GliaError.self) { try UnitMaps(of: exclusiveOr(), on: data) }
  }

  @Test func numbersAreNoClasses() throws {
    let data = try Dataset(
      inputs: Tensor(shape: [30, 2], (0..<60).map(Float.init)), targets: [Column("y", (0..<30).map { Float($0) / 7 })])
    #expect(try UnitMaps(of: exclusiveOr(), on: data).classes == ["samples"])
  }
}

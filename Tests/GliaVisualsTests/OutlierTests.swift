import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct OutlierTests {
  /// A square of 100 points from 0 to 9.
  private let square = (0..<100).map { Point(Double($0 % 10), Double($0 / 10)) }

  @Test func aFewPointsFarOutsideAreLeftOut() {
    #expect((square + [Point(500, 5)]).withoutOutliers == square)
    #expect((square + [Point(500, 5), Point(4, -90)]).withoutOutliers == square)
  }

  @Test func otherPointsAreKept() {
    let near = square + [Point(16, 5)]
    let many = square + (0..<10).map { Point(500 + Double($0), 5) }
    let few = Array(square.prefix(10)) + [Point(500, 5)]
    // More than half of the points are equal, so there is no range to measure by.
    let flat = (0..<100).map { Point($0 < 60 ? 0 : Double($0), 0) }
    for points in [square, near, few, flat, [], [Point(.nan, 0)]] {
      #expect(points.withoutOutliers.count == points.count)
    }
    #expect(many.withoutOutliers.count == many.count)
  }

  @Test func theNoteCountsWhatIsOutside() throws {
    func figure(_ points: [Point]) -> DecisionBoundary {
      let coordinates = points.flatMap { [Float($0.x), Float($0.y)] }
      var figure = DecisionBoundary(
        classes: ["a", "b"], points: [PointSet("train", coordinates, labels: points.map { _ in 0 })]
      ) { points in stride(from: 0, to: points.count, by: 2).map { _ in 0.25 } }
      (figure.page.width, figure.page.height, figure.page.scale) = (480, 360, 0.6)
      return figure
    }
    func note(_ figure: DecisionBoundary) throws -> String {
      let content = try figure.content(within: nil)
      let plot = Plot(
        area: Rect(x: 0, y: 0, width: 40, height: 40), x: content.x, y: content.y, theme: figure.page.theme)
      return figure.note(try DecisionField(figure, plot, pixels: 20))
    }
    let far = figure(square + [Point(500, 5), Point(4, -90)])
    #expect(try note(far) == "2 points outside")
    #expect(try far.content(within: nil).x.scale.high < 10)
    #expect(try note(figure(square)).isEmpty)
    #expect(try far.png().width == 480)
    var chosen = far
    chosen.limits = (0...9, 0...9)
    #expect(try note(chosen).isEmpty)
  }

  @Test func featuresOfDifferentSpansHaveScalesOfTheirOwn() throws {
    // The petals of the irises: lengths from 1 to 6.9 and widths from 0.1 to 2.5.
    let petals = [Point(1, 0.1), Point(6.9, 2.5)]
    let own = try #require(PlaneLayout.scales(around: petals, ratio: PlaneLayout.featureRatio))
    #expect(own.y.low > -0.2 && own.y.high < 2.8)
    let shared = try #require(PlaneLayout.scales(around: petals))
    #expect(abs((shared.x.high - shared.x.low) - (shared.y.high - shared.y.low)) < 1e-9)
    let moons = try #require(
      PlaneLayout.scales(around: [Point(-1, -0.5), Point(2, 0.999)], ratio: PlaneLayout.featureRatio))
    #expect(abs((moons.x.high - moons.x.low) - (moons.y.high - moons.y.low)) < 1e-9)
  }
}

@Suite struct RegressionPlaneTests {
  /// y = rectified x₁ + 10 x₂ + 100 x₃.
  private func network() throws -> Network {
    var network = try Network(input: [3], layers: [PlainLayer(1)])
    try network.set("layers.0.weight", to: Tensor(shape: [1, 3], [1, 10, 100]))
    return network
  }

  private let rows: [[Float]] = [[1, 2, 3], [3, 2, 5], [4, 2, 1], [0, 6, 3]]

  private func data() throws -> Dataset {
    try Dataset(name: "four", inputs: Tensor(rows: rows), targets: [Column("y", [1, 2, 3, 4])])
  }

  @Test func otherFeaturesAreFixed() throws {
    let figure = try RegressionSurface(of: network(), on: data(), plane: .features(0, 1))
    // The third feature is 3 on average.
    #expect(try figure.function([1, 2, 0, 0]) == [321, 300])
    #expect(figure.samples[0].coordinates == [1, 2, 3, 2, 4, 2, 0, 6])
    #expect(figure.axes == ("x₁", "x₂") && figure.subtitle == "x₃ = 3.00" && figure.remark.contains("projected"))
    let other = try RegressionSurface(of: network(), on: data(), plane: .features(0, 2, fixing: [0, 7, 0]))
    #expect(try other.function([1, 2]) == [271])
    var small = figure
    (small.page.width, small.page.height, small.page.scale) = (320, 240, 0.4)
    #expect(try small.png().width == 320)
  }

  @Test func standardizationIsHeeded() throws {
    let standardization = try Standardization(mean: [1, 1, 1], scale: [2, 2, 2])
    let figure = try RegressionSurface(
      of: network(), on: data(), preprocessing: Preprocessing(standardization: standardization), plane: .features(0, 1))
    // (1 - 1) / 2 + 10 (3 - 1) / 2 + 100 (3 - 1) / 2
    #expect(try figure.function([1, 3]) == [110])
  }

  @Test func componentsMakeAPlaneToo() throws {
    let figure = try RegressionSurface(of: network(), on: data(), test: data(), plane: .principalComponents)
    #expect(figure.axes.0.hasPrefix("PC 1 (") && figure.samples.map(\.marker) == [.circle, .diamond])
    #expect(figure.samples[0].coordinates.count == 8)
  }

  @Test func wrongPlanesAreRefused() throws {
    for plane in [DecisionBoundary.Plane.features(0, 0), .features(0, 3), .features(.min, .max)] {
      #expect(throws: GliaError.self) { try RegressionSurface(of: network(), on: data(), plane: plane) }
    }
    let flat = try Dataset(inputs: Tensor(rows: [[1, 2], [3, 4]]), targets: [Column("y", [1, 2])])
    #expect(throws: GliaError.self) { try RegressionSurface(of: network(), on: flat, plane: .principalComponents) }
  }

  @Test func theRangeOfColorsCanBeSet() throws {
    var figure = try RegressionSurface(of: network(), on: data(), plane: .features(0, 1))
    figure.range = -5...5
    #expect(try figure.colorScale == Scale(from: -5, to: 5))
  }
}

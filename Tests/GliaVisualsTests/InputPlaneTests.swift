import GliaCore
import Testing

@testable import GliaVisuals

/// A layer with one output x · w and no parameters.
private struct Weighing: Layer {
  static let name = "weighing"
  static let summary = "fixed weights"
  var weights: [Float] = []

  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: [1]) }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    for row in 0..<x.rows { y[row] = weights.indices.reduce(0) { $0 + x[row, $1] * weights[$1] } }
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {}
}

@Suite struct InputPlaneTests {
  private let data: Dataset
  private let network: Network

  init() throws {
    data = try Dataset(
      name: "four", inputs: Tensor(rows: [[1, 2, 3], [3, 2, -5], [-4, 2, 1], [0, 6, 5]]),
      targets: [Column("y", text: ["b", "a", "a", "b"])])
    network = try Network(input: [3], layers: [Weighing(weights: [1, 10, 100])])
  }

  @Test func otherFeaturesAreFixedAtTheirMeans() throws {
    let figure = try DecisionBoundary(of: network, on: data, plane: .features(0, 2))
    // The second feature is 3 on average.
    #expect(try figure.scores([1, 2, 0, 0]) == [1 + 30 + 200, 30])
    #expect(figure.points[0].coordinates == [1, 3, 3, -5, -4, 1, 0, 5])
    #expect(figure.axes == ("x₁", "x₃"))
    #expect(figure.subtitle == "x₂ = 3.00")
    let other = try DecisionBoundary(of: network, on: data, plane: .features(2, 1, fixing: [7, 0, 0]))
    #expect(try other.scores([1, 2]) == [7 + 20 + 100])
  }

  @Test func allSamplesAreCounted() throws {
    // The score is 1 for even samples and −1 for others. Every fourth sample is misclassified, and all of those are
    // drawn.
    let count = 12_000
    let data = try Dataset(
      name: "many", inputs: Tensor(shape: [count, 2], (0..<count).flatMap { [$0 % 2 == 0 ? 1 : -1, Float($0 % 7)] }),
      targets: [Column("y", text: (0..<count).map { $0 % 4 == 0 ? "b" : "a" })])
    let network = try Network(input: [2], layers: [Weighing(weights: [1, 0])])
    let figure = try DecisionBoundary(of: network, on: data, test: data, classes: ["a", "b"])
    #expect(figure.points.map(\.name) == ["train", "test"] && figure.points.map(\.count) == [6000, 6000])
    let marks = try DecisionPoints(figure)
    #expect(marks.accuracy == "test 75.0 %")
    #expect(
      marks.legend(counting: true).entries.map(\.name) == [
        "a (18,000)", "b (6,000)", "", "train (12,000)", "test (12,000)", "misclassified (6,000)",
      ])
  }

  @Test func mistakesAreThoseOfThePointsThemselves() throws {
    // x · w is 321, -477, 116 and 560: the third is wrong.
    let figure = try DecisionBoundary(of: network, on: data, test: data, plane: .features(0, 1))
    #expect(figure.points.map(\.predictions) == [[1, 0, 1, 1], [1, 0, 1, 1]])
    #expect(try DecisionPoints(figure).accuracy == "test 75.0 %")
    var page = figure
    (page.page.width, page.page.height, page.page.scale) = (320, 240, 0.4)
    #expect(try page.png().width == 320)
    page.points[0].predictions = [1]
    #expect(throws: GliaError.self) { try page.png() }
  }

  @Test func standardizationComesBeforeTheNetwork() throws {
    let standardization = try Standardization(mean: [1, 1, 1], scale: [2, 2, 2])
    let figure = try DecisionBoundary(
      of: network, on: data, preprocessing: Preprocessing(standardization: standardization), plane: .features(0, 2))
    #expect(try figure.scores([1, 2]) == [0 + 10 + 50])
    #expect(figure.points[0].coordinates == [1, 3, 3, -5, -4, 1, 0, 5])
  }

  @Test func principalComponentsOfALine() throws {
    // Points along (1, 2, 2) / 3 with small offsets along (2, 1, -2) / 3, around (1, 1, 1).
    let along: [Float] = [-6, -3, 3, 6], beside: [Float] = [1, -1, -1, 1]
    let rows = zip(along, beside).map { a, b in
      [1 + a / 3 + 2 * b / 3, 1 + 2 * a / 3 + b / 3, 1 + 2 * a / 3 - 2 * b / 3]
    }
    let found = PrincipalComponents(of: rows.flatMap(\.self), width: 3, count: 2)
    #expect(zip(found.mean, [1, 1, 1] as [Float]).allSatisfy { abs($0 - $1) < 1e-6 })
    for (direction, expected) in zip(found.directions, [[1, 2, 2], [2, 1, -2]] as [[Float]]) {
      let sign: Float = direction[0] < 0 ? -1 : 1
      #expect(zip(direction, expected).allSatisfy { abs(sign * $0 - $1 / 3) < 1e-5 })
    }
    // The variances are 90 and 4.
    #expect(abs(found.shares[0] - 90 / 94.0) < 1e-6 && abs(found.shares[1] - 4 / 94.0) < 1e-6)
  }

  @Test func placesAndInputsAreInverse() throws {
    let plane = try InputPlane(principalComponentsOf: data.inputs, at: "four")
    let places: [Float] = [1, 2, -3, 0.5]
    #expect(zip(plane.places(of: plane.inputs(at: places)), places).allSatisfy { abs($0 - $1) < 1e-5 })
    let figure = try DecisionBoundary(of: network, on: data, plane: .principalComponents)
    #expect(figure.axes.0.hasPrefix("PC 1 (") && figure.axes.1.hasSuffix(" %)"))
    #expect(figure.points[0].coordinates.count == 8)
  }

  @Test func pointsWithoutSpreadHaveAPlane() throws {
    for rows in [[[1, 2, 3]], [[1, 2, 3], [1, 2, 3]], [[0, 0, 0], [0, 0, 1e-20]]] as [[[Float]]] {
      let found = PrincipalComponents(of: rows.flatMap(\.self), width: 3, count: 2)
      let (a, b) = (found.directions[0], found.directions[1])
      #expect(abs(zip(a, a).reduce(0) { $0 + $1.0 * $1.1 } - 1) < 1e-5)
      #expect(abs(zip(b, b).reduce(0) { $0 + $1.0 * $1.1 } - 1) < 1e-5)
      #expect(abs(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-5)
    }
  }

  @Test func thePictureSaysThatPointsAreProjected() throws {
    #expect(try DecisionBoundary(of: network, on: data, plane: .features(0, 1)).remark.contains("projected"))
    #expect(try DecisionBoundary(of: network, on: data, plane: .principalComponents).remark.contains("projected"))
    #expect(DecisionBoundary(classes: ["a"], points: []) { _ in [] }.remark.isEmpty)
  }

  @Test func wrongPlanesAreRefused() throws {
    let planes: [DecisionBoundary.Plane?] = [
      nil, .features(0, 0), .features(0, 3), .features(-1, 1), .features(.max, .min), .features(0, 1, fixing: [1]),
      .features(0, 1, fixing: [1, 2, .nan]),
    ]
    for plane in planes {
      #expect(throws: GliaError.self) { try DecisionBoundary(of: network, on: data, plane: plane) }
    }
    let error = #expect(throws: GliaError.self) { try DecisionBoundary(of: network, on: data) }
    #expect(error?.remedy?.contains("plane") == true)
    let narrow = try Dataset(inputs: Tensor(rows: [[1, 2]]), targets: [Column("y", text: ["a"])])
    #expect(throws: GliaError.self) { try DecisionBoundary(of: network, on: narrow) }
    #expect(throws: GliaError.self) {
      try DecisionBoundary(of: network, on: data, test: narrow, plane: .features(0, 1))
    }
  }
}

@Suite struct WideInputTests {
  @Test func componentsOfFewPointsInVeryManyCoordinates() throws {
    // The points of `principalComponentsOfALine`, at three of 20,000 coordinates, around 0.
    let width = 20_000
    let places = [7, 9_000, 19_999]
    let rows: [[Float]] = zip([-6, -3, 3, 6] as [Float], [1, -1, -1, 1] as [Float]).map { a, b in
      var row = [Float](repeating: 0, count: width)
      for (place, value) in zip(places, [a / 3 + 2 * b / 3, 2 * a / 3 + b / 3, 2 * a / 3 - 2 * b / 3]) {
        row[place] = value
      }
      return row
    }
    let found = PrincipalComponents(of: rows.flatMap(\.self), width: width, count: 3)
    for (direction, expected) in zip(found.directions, [[1, 2, 2], [2, 1, -2]] as [[Float]]) {
      let sign: Float = direction[places[0]] < 0 ? -1 : 1
      #expect(zip(places, expected).allSatisfy { abs(sign * direction[$0] - $1 / 3) < 1e-5 })
      #expect(direction.count { abs($0) > 1e-5 } == 3)
    }
    #expect(abs(found.shares[0] - 90 / 94.0) < 1e-6 && abs(found.shares[1] - 4 / 94.0) < 1e-6)
    // There is no variance left for a third component, which only has to be orthogonal.
    let third = found.directions[2]
    #expect(abs(zip(third, third).reduce(0) { $0 + $1.0 * $1.1 } - 1) < 1e-5)
    for other in found.directions[..<2] { #expect(abs(zip(third, other).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-5) }
  }

  @Test func whatIsCostlyIsAskedForAtFewerPoints() throws {
    let axis = Scale(from: 0, to: 1)
    for (numbers, most) in [(2, 1000), (100_000, 70), (10_000_000, 8)] {
      let (largest, total) = (Tally(), Tally())
      let field = try SampledField(columns: 1000, rows: 1000, x: axis, y: axis, numbersPerPoint: numbers) { points in
        largest.value = max(largest.value, points.count / 2)
        total.value += points.count / 2
        return [Float](repeating: 0, count: points.count / 2)
      }
      #expect(field.columns == most && field.rows == most && total.value == most * most)
      #expect(largest.value <= max((1 << 24) / numbers, most))
    }
  }

  private final class Tally { var value = 0 }
}

import Glia
import Testing

/// Points without noise, compared with scikit-learn 1.9, NumPy, and the case study of CS231n.
struct ShapeTests {
  @Test func moonsAreThoseOfScikitLearn() throws {
    try expect(
      Moons(samples: 7, noise: 0),
      [[1, 0], [0, 1], [-1, 0], [0, 0.5], [0.5, -0.3660254], [1.5, -0.3660254], [2, 0.5]], [0, 0, 0, 1, 1, 1, 1])
    try expect(
      Moons(samples: 10, noise: 0),
      [
        [1, 0], [0.7071068, 0.7071068], [0, 1], [-0.7071068, 0.7071068], [-1, 0], [0, 0.5], [0.2928932, -0.2071068],
        [1, -0.5], [1.7071068, -0.2071068], [2, 0.5],
      ], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    try expect(Moons(samples: 1, noise: 0), [[0, 0.5]], [1])
  }

  @Test func circlesAreThoseOfScikitLearn() throws {
    try expect(
      Circles(samples: 7, noise: 0),
      [[1, 0], [-0.5, 0.8660254], [-0.5, -0.8660254], [0.5, 0], [0, 0.5], [-0.5, 0], [0, -0.5]], [0, 0, 0, 1, 1, 1, 1])
    try expect(
      Circles(samples: 4, noise: 0, factor: 0.25), [[1, 0], [-1, 0], [0.25, 0], [-0.25, 0]], [0, 0, 1, 1])
  }

  @Test func threeSpiralsAreThoseOfTheCaseStudy() throws {
    try expect(
      Spirals(samples: 9, noise: 0),
      [
        [0, 0], [0.4546487, -0.2080734], [-0.7568025, -0.6536436],
        [0, 0], [-0.1397077, 0.4800851], [0.9893582, -0.1455],
        [0, 0], [-0.2720106, -0.4195358], [-0.5365729, 0.843854],
      ], [0, 0, 0, 1, 1, 1, 2, 2, 2])
  }

  @Test func otherSpiralsAreSpreadEvenly() throws {
    try expect(
      Spirals(samples: 6, noise: 0, arms: 2),
      [
        [0, 0], [0.4546487, -0.2080734], [-0.7568025, -0.6536436], [0, 0], [-0.4546487, 0.2080734],
        [0.7568025, 0.6536436],
      ], [0, 0, 0, 1, 1, 1])
    let five = try Spirals(samples: 15, noise: 0, arms: 5).load()
    #expect(near(Array(five.inputs[row: 14]), [0.3877872, -0.9217489]))
  }

  @Test func exclusiveOrRepeatsItsCorners() throws {
    try expect(
      XOR(samples: 6), [[0, 0], [0, 1], [1, 0], [1, 1], [0, 0], [0, 1]], [0, 1, 1, 0, 0, 1])
    #expect(try XOR().load().count == 4)
  }

  @Test func blobsStandTwoApart() throws {
    try expect(
      Blobs(samples: 3, noise: 0), [[1.1547005, 0], [-0.5773503, 1], [-0.5773503, -1]], [0, 1, 2])
    try expect(
      Blobs(samples: 6, noise: 0, classes: 6),
      [[2, 0], [1, 1.7320508], [-1, 1.7320508], [-2, 0], [-1, -1.7320508], [1, -1.7320508]], [0, 1, 2, 3, 4, 5])
    try expect(Blobs(samples: 1, noise: 0, classes: 1), [[0, 0]], [0])
    try expect(Blobs(samples: 3, noise: 0, features: 1), [[-2], [0], [2]], [0, 1, 2])
    let wide = try Blobs(samples: 2, noise: 0, classes: 2, features: 12).load()
    #expect(near(Array(wide.inputs[row: 1]), [-1] + [Float](repeating: 0, count: 11)))
    #expect(wide.inputNames.first == "x1" && wide.inputNames.last == "x12")
  }

  @Test func curvesFollowTheirFormulas() throws {
    try expect(SineCurve(samples: 5, noise: 0), [[0], [0.25], [0.5], [0.75], [1]], [0, 1, 0, -1, 0])
    try expect(
      PolynomialCurve(samples: 5, noise: 0), [[-1], [-0.5], [0], [0.5], [1]], [-1, 0.4375, 0, -0.4375, 1])
    try expect(PolynomialCurve(samples: 3, noise: 0, coefficients: [3, 2, 1]), [[-1], [0], [1]], [2, 3, 6])
    try expect(StepCurve(samples: 5, noise: 0), [[-1], [-0.5], [0], [0.5], [1]], [0, 0, 1, 1, 1])
    try expect(
      SincCurve(samples: 5, noise: 0), [[-10], [-5], [0], [5], [10]],
      [-0.0544021, -0.1917849, 1, -0.1917849, -0.0544021])
    try expect(SineCurve(samples: 1, noise: 0), [[0]], [0])
  }

  @Test func surfacesFollowTheirFormulas() throws {
    for surface in [PlaneSurface(samples: 400, noise: 0) as any DataSource, HillsSurface(samples: 400, noise: 0)] {
      let data = try surface.load()
      #expect(data.inputs.values.allSatisfy { -6...6 ~= $0 })
      #expect(data.inputNames == ["x1", "x2"] && data.targets.map(\.name) == ["y"])
      for (row, y) in try data.targets[0].numbers().enumerated() {
        let (a, b) = (data.inputs.values[2 * row], data.inputs.values[2 * row + 1])
        #expect(abs(y - (data.name == "plane" ? (a + b) / 10 : playgroundLabel(a, b))) < 1e-5)
      }
    }
  }

  /// TensorFlow Playground uses the cone of largest magnitude instead of adding them.
  private func playgroundLabel(_ x: Float, _ y: Float) -> Float {
    let cones: [(Float, Float, Float)] = [
      (-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1),
    ]
    let labels = cones.map { cone in
      let distance = ((x - cone.0) * (x - cone.0) + (y - cone.1) * (y - cone.1)).squareRoot()
      return cone.2 * (1 - min(max(distance, 0), 2) / 2)
    }
    return labels.max { abs($0) < abs($1) } ?? 0
  }

  @Test(arguments: [
    (Spirals(samples: 11, arms: 3) as any DataSource, [4, 4, 3]), (Spirals(samples: 10, arms: 4), [3, 3, 2, 2]),
    (Spirals(samples: 3000), [1000, 1000, 1000]), (Blobs(samples: 8), [3, 3, 2]), (Moons(samples: 9), [4, 5]),
    (Circles(samples: 9), [4, 5]), (XOR(samples: 7), [3, 4]),
  ])
  func classesShareTheSamples(source: any DataSource, counts: [Int]) throws {
    let data = try source.load()
    let labels = data.targets[0].labels
    #expect(data.targets[0].classes == counts.indices.map { "\($0)" })
    #expect(counts.indices.map { index in labels.count { $0 == "\(index)" } } == counts)
    #expect(data.targets[0].name == "class" && data.name == type(of: source).name)
  }

  private func expect(_ source: any DataSource, _ points: [[Float]], _ targets: [Float]) throws {
    let data = try source.load()
    #expect(data.inputs.shape == [points.count, points[0].count])
    #expect(near(data.inputs.values, points.flatMap { $0 }), "\(source): \(data.inputs.values)")
    #expect(near(try data.targets[0].numbers(), targets))
  }

  private func near(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-6 }
  }
}

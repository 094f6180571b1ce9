import Foundation
import Glia
import Testing

/// Random points, compared with the formulas and quantiles of their sources.
struct DrawnShapeTests {
  @Test func spiralsAreThoseOfLangAndWitbrock() throws {
    let data = try TwoSpirals().load()
    #expect(data.count == 194 && data.targets[0].labels.prefix(97).allSatisfy { $0 == "0" })
    for (k, point) in [(0, [0, 6.5]), (1, [1.2558939, 6.3138053]), (40, [4, 0]), (96, [0, 0.5])] as [(Int, [Float])] {
      for (a, b) in zip(data.inputs[row: 97 + k], point) { #expect(abs(a - b) < 1e-6) }
      for (a, b) in zip(data.inputs[row: k], point) { #expect(abs(a + b) < 1e-6) }
    }
    // Twice as many steps cover the same path.
    let fine = try TwoSpirals(samples: 386).load()
    #expect(zip(fine.inputs[row: 193 + 80], [4, 0]).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func squaresOfTheCheckerboardAlternate() throws {
    let data = try Checkerboard(samples: 1600, cells: 4, seed: 3).load()
    var counts: [Int: Int] = [:]
    for (row, label) in data.targets[0].labels.enumerated() {
      let cell = data.inputs[row: row].map { Int((($0 + 1) * 2).rounded(.down)) }
      #expect(cell.allSatisfy { 0...3 ~= $0 } && label == "\((cell[0] + cell[1]) % 2)")
      counts[cell[0] + 4 * cell[1], default: 0] += 1
    }
    #expect(counts.count == 16 && counts.values.allSatisfy { $0 == 100 })
    let few = try Checkerboard(samples: 5, cells: 3).load()
    #expect(few.targets[0].labels == ["0", "1", "0", "1", "0"])
  }

  /// The square roots of χ² quantiles, from scipy.
  @Test(
    arguments: [(2, 3, [0.90051664, 1.48230381]), (5, 4, [1.63542129, 2.08601539, 2.57403958])]
      as [(Int, Int, [Double])])
  func spheresStandAtTheQuantiles(features: Int, classes: Int, radii: [Double]) throws {
    let count = 20_000
    let data = try GaussianQuantiles(samples: count + 1, features: features, classes: classes, seed: 5).load()
    let distances = (0..<data.count).map { row in
      Double(data.inputs[row: row].reduce(0) { $0 + $1 * $1 }).squareRoot()
    }
    let labels = data.targets[0].labels
    let size = (count + 1) / classes
    for group in 0..<classes {
      #expect(labels.count { $0 == "\(group)" } == (group == classes - 1 ? count + 1 - size * group : size))
      let members = distances.indices.filter { labels[$0] == "\(group)" }.map { distances[$0] }
      if group > 0 { #expect(abs((members.min() ?? 0) - radii[group - 1]) < 0.04) }
      if group < classes - 1 { #expect(abs((members.max() ?? 0) - radii[group]) < 0.04) }
    }
    let total = Double(data.inputs.values.count)
    let mean: Double = data.inputs.values.map(Double.init).reduce(0, +) / total
    #expect(abs(mean) < 5 / total.squareRoot())
  }

  @Test func remaindersGoToTheLastClassAsInScikitLearn() throws {
    let labels = try GaussianQuantiles(samples: 11).load().targets[0].labels
    #expect(labels == ["0", "0", "0", "1", "1", "1", "2", "2", "2", "2", "2"])
  }

  @Test(arguments: [(0.1, 2), (0.5, 2), (0.05, 10), (2, 1)] as [(Double, Int)], [0, 7] as [UInt64])
  func marginsAreKept(setting: (margin: Double, features: Int), seed: UInt64) throws {
    let source = LinearlySeparable(samples: 401, margin: setting.margin, features: setting.features, seed: seed)
    let data = try source.load()
    let normal = source.normal
    let signs = try data.targets[0].numbers().map { 2 * Double($0) - 1 }
    #expect(signs.count { $0 < 0 } == 201 && abs(Self.dot(normal, normal) - 1) < 1e-12)
    let points = (0..<data.count).map { data.inputs[row: $0].map(Double.init) }
    let distances = zip(points, signs).map { point, sign in sign * Self.dot(point, normal) }
    #expect((distances.min() ?? 0) >= setting.margin - 1e-6 && (distances.min() ?? 9) < setting.margin + 0.1)

    // Novikoff's bound on the mistakes of a perceptron that does not know the normal.
    var weights = [Double](repeating: 0, count: setting.features)
    let longest = points.map { Self.dot($0, $0) }.max() ?? 0
    let bound = longest / (setting.margin * setting.margin)
    var (mistakes, hasMistakes) = (0, true)
    while hasMistakes, Double(mistakes) <= bound {
      hasMistakes = false
      for (point, sign) in zip(points, signs) where sign * Self.dot(point, weights) <= 0 {
        (mistakes, hasMistakes) = (mistakes + 1, true)
        for i in weights.indices { weights[i] += sign * point[i] }
      }
    }
    #expect(!hasMistakes && Double(mistakes) <= bound)
  }

  @Test func rollsFollowTheirAngle() throws {
    let data = try SwissRoll(samples: 2000, seed: 1).load()
    let angles = try data.targets[0].numbers().map(Double.init)
    for (row, t) in angles.enumerated() {
      let x = data.inputs[row: row].map(Double.init)
      #expect(abs(x[0] - t * cos(t)) < 1e-4 && abs(x[2] - t * sin(t)) < 1e-4 && (0...21).contains(x[1]))
    }
    let (low, high): (Double, Double) = (1.5 * Double.pi, 4.5 * Double.pi)
    #expect(angles.allSatisfy { $0 >= low && $0 < high + 1e-5 })
    let mean: Double = angles.reduce(0, +) / 2000
    #expect(abs(mean - 3 * Double.pi) < 5 * (high - low) / (12.0 * 2000).squareRoot())
    #expect(data.inputNames == ["x1", "x2", "x3"] && data.targets[0].name == "t")
  }

  @Test func friedmansProblemsFollowTheirFormulas() throws {
    let first = try Friedman1(samples: 1000, seed: 2).load()
    try expect(first, ranges: [ClosedRange<Double>](repeating: 0...1, count: 10), Self.friedman1)
    let (low, high): (Double, Double) = (40 * Double.pi, 560 * Double.pi)
    let ranges: [ClosedRange<Double>] = [0...100, low...high, 0...1, 1...11]
    try expect(Friedman2(samples: 1000, seed: 2).load(), ranges: ranges) { x in hypot(x[0], Self.reactance(x)) }
    try expect(Friedman3(samples: 1000, seed: 2).load(), ranges: ranges) { x in atan(Self.reactance(x) / x[0]) }
  }

  /// Calculated by hand: 10 sin(π/4) + 20 · 0.25² + 10 · 0.5 + 5 · 0.2 = 7.0710678 + 1.25 + 5 + 1.
  @Test func friedmansFormulaByHand() {
    let y = Self.friedman1([0.5, 0.5, 0.75, 0.5, 0.2])
    #expect(abs(y - 14.3210678) < 1e-6)
  }

  @Sendable private static func friedman1(_ x: [Double]) -> Double {
    let wave: Double = 10 * sin(Double.pi * x[0] * x[1])
    let square: Double = 20 * pow(x[2] - 0.5, 2)
    return wave + square + 10 * x[3] + 5 * x[4]
  }

  private static func reactance(_ x: [Double]) -> Double {
    let coil: Double = x[1] * x[2]
    return coil - 1 / (x[1] * x[3])
  }

  /// Every feature is uniform over its range, and every target follows the formula.
  private func expect(
    _ data: Dataset, ranges: [ClosedRange<Double>], _ formula: ([Double]) -> Double
  ) throws {
    #expect(data.inputNames == ranges.indices.map { "x\($0 + 1)" } && data.targets[0].name == "y")
    let points = (0..<data.count).map { data.inputs[row: $0].map(Double.init) }
    for (point, y) in zip(points, try data.targets[0].numbers()) {
      #expect(abs(Double(y) - formula(point)) < 1e-4 * max(1, abs(Double(y))))
    }
    for (feature, range) in ranges.enumerated() {
      let length: Double = range.upperBound - range.lowerBound
      let values = points.map { ($0[feature] - range.lowerBound) / length }
      #expect(values.allSatisfy { $0 >= -1e-6 && $0 <= 1.000001 })
      let mean: Double = values.reduce(0, +) / Double(values.count)
      #expect(abs(mean - 0.5) < 5 / (12 * Double(values.count)).squareRoot())
    }
  }

  @Test func noiseIsAddedToTheTarget() throws {
    try expectNoise(Friedman1(samples: 4000, noise: 0.5), over: Self.friedman1)
    let source = LinearFunction(samples: 4000, features: 3, noise: 0.5, seed: 1)
    try expectNoise(source) { Self.dot($0, source.coefficients) }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { sum, pair in sum + pair.0 * pair.1 }
  }

  private func expectNoise(_ source: any DataSource, over formula: ([Double]) -> Double) throws {
    let data = try source.load()
    let targets = try data.targets[0].numbers()
    let deviations = targets.indices.map { row in
      Double(targets[row]) - formula(data.inputs[row: row].map(Double.init))
    }
    let count = Double(data.count)
    let mean: Double = deviations.reduce(0, +) / count
    let variance: Double = Self.dot(deviations, deviations) / count
    #expect(abs(mean) < 2.5 / count.squareRoot())
    #expect(abs(variance / 0.25 - 1) < 5 * (2 / count).squareRoot())
  }

  @Test func coefficientsDifferWithTheSeed() {
    let (first, second) = (LinearFunction(samples: 1).coefficients, LinearFunction(samples: 1, seed: 1).coefficients)
    #expect(first.count == 5 && first != second && (first + second).allSatisfy { -1..<1 ~= $0 })
  }
}

import Glia
import Testing

/// Initializers, compared with the formulas in the papers.
@Suite("Initializers")
struct InitializerTests {
  private func values(
    _ initializer: some Initializer, _ shape: [Int], fanIn: Int? = nil, fanOut: Int? = nil, seed: UInt64 = 1
  ) -> [Float] {
    var random = Random(seed: seed)
    var values = [Float](repeating: .nan, count: shape.reduce(1, *))
    var span = values.mutableSpan
    initializer.fill(&span, shape: shape, fanIn: fanIn ?? shape[1], fanOut: fanOut ?? shape[0], using: &random)
    return values
  }

  /// For 300 inputs and 100 units.
  static let variances: [(any Initializer, Double)] = [
    (RandomNormal(stddev: 0.01), 0.0001), (.fanInUniform, 1.0 / 900), (.glorotUniform, 1.0 / 200),
    (.glorotNormal, 1.0 / 200), (.heUniform, 1.0 / 150), (.heNormal, 1.0 / 150), (.lecunUniform, 1.0 / 300),
    (.lecunNormal, 1.0 / 300), (.orthogonal(), 1.0 / 300), (.orthogonal(gain: 2), 4.0 / 300),
    (.truncatedNormal(stddev: 0.1), 0.0077374130), (.sparse(sparsity: 0.25), 0.000075),
    (.varianceScaling(scale: 2), 1.0 / 150), (.varianceScaling(mode: .fanOut, distribution: .normal), 1.0 / 100),
    (.varianceScaling(mode: .fanAvg, distribution: .uniform), 1.0 / 200),
  ]

  @Test("variances match the formulas", arguments: variances.indices)
  func variance(_ index: Int) {
    let (initializer, variance) = Self.variances[index]
    let numbers = values(initializer, [100, 300]).map(Double.init)
    let mean = numbers.reduce(0, +) / 30_000
    let spread = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29_999
    #expect(abs(mean) < 5 * (variance / 30_000).squareRoot())
    // Five standard errors of the variance of a normal distribution.
    #expect(abs(spread / variance - 1) < 5 * (2.0 / 30_000).squareRoot(), "\(spread) is not \(variance)")
  }

  @Test("uniform values stay within their limits, truncated values within two standard deviations")
  func limits() {
    func largest(_ initializer: some Initializer) -> Float { values(initializer, [100, 300]).map(abs).max() ?? 0 }
    for (largest, limit) in [
      (largest(.fanInUniform), 0.057735027), (largest(.lecunUniform), 0.1), (largest(.heUniform), 0.14142136),
      (largest(.glorotUniform), 0.12247449), (largest(.truncatedNormal(stddev: 0.1)), 0.2),
      (largest(.varianceScaling()), 2 * 0.057735027 / 0.87962566),
    ] as [(Float, Float)] {
      #expect(largest <= limit * 1.000001 && largest > 0.99 * limit, "\(largest) and \(limit)")
    }
    #expect(largest(.glorotNormal) > 3 * 0.0707)
  }

  private func products(_ rows: [[Float]]) -> [[Double]] {
    rows.map { a in rows.map { b in zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } } }
  }

  @Test(
    "orthogonal: W Wᵀ = I; for tall matrices, Wᵀ W = I",
    arguments: [[20, 50], [50, 20], [30, 30], [8, 3, 3], [1, 7]])
  func orthogonal(_ shape: [Int]) {
    let width = shape.dropFirst().reduce(1, *)
    let matrix = values(.orthogonal(gain: 3), shape, fanIn: width)
    let rows = (0..<shape[0]).map { Array(matrix[$0 * width..<($0 + 1) * width]) }
    let columns = (0..<width).map { column in rows.map { $0[column] } }
    for (i, line) in products(shape[0] <= width ? rows : columns).enumerated() {
      for (j, product) in line.enumerated() { #expect(abs(product - (i == j ? 9 : 0)) < 1e-5) }
    }
  }

  @Test("orthogonal: all rotations are equally likely")
  func rotations() {
    let matrices = (0..<400).map { values(.orthogonal(), [2, 2], seed: $0) }
    for i in 0..<4 {
      let mean = matrices.reduce(0) { $0 + $1[i] } / 400
      // The cosine of a uniform angle has standard deviation √½.
      #expect(abs(mean) < 5 * 0.7071 / 20)
    }
    let turns = matrices.count { $0[0] * $0[3] - $0[1] * $0[2] > 0 }
    #expect(abs(turns - 200) < 50)
  }

  @Test("sparse: ⌈sparsity · rows⌉ zeros in each column, at random positions")
  func sparse() {
    let matrix = values(.sparse(sparsity: 0.3, stddev: 1), [7, 1000])
    for column in 0..<1000 { #expect((0..<7).count { matrix[$0 * 1000 + column] == 0 } == 3) }
    for row in 0..<7 {
      let zeros = matrix[row * 1000..<(row + 1) * 1000].count { $0 == 0 }
      // 3 of 7 rows; five standard deviations of a binomial.
      #expect(abs(Double(zeros) - 3000 / 7) < 5 * (1000 * 12.0 / 49).squareRoot())
    }
    #expect(values(.sparse(sparsity: 0), [7, 10]).allSatisfy { $0 != 0 })
    #expect(values(.sparse(sparsity: 1), [7, 10]).allSatisfy { $0 == 0 })
  }

  @Test("identity and ones")
  func plain() {
    #expect(values(.identity(gain: 2), [2, 3]) == [2, 0, 0, 0, 2, 0])
    #expect(values(.identity(), [3, 2]) == [1, 0, 0, 1, 0, 0])
    #expect(values(.ones, [2, 2]) == [1, 1, 1, 1])
  }

  @Test("settings out of range are rejected by name")
  func refusals() throws {
    let cases: [(JSON, String)] = [
      (["type": "truncated_normal", "stddev": -1], "stddev"),
      (["type": "variance_scaling", "scale": 0], "scale"), (["type": "variance_scaling", "mode": "fan"], "mode"),
      (["type": "variance_scaling", "distribution": "gamma"], "distribution"),
      (["type": "sparse", "sparsity": 1.5], "sparsity"),
      (["type": "sparse", "stddev": -1], "stddev"),
    ]
    for (json, setting) in cases {
      let error = #expect(throws: GliaError.self) { try Registry.standard.make((any Initializer).self, from: json) }
      #expect(error?.place == setting)
    }
  }
}

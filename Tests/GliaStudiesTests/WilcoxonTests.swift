import GliaCore
import GliaStudies
import Testing

/// The signed-rank test, compared with SciPy.
struct WilcoxonTests {
  @Test func pValuesAreSciPys() throws {
    for pair in try Fixture.read().pairs {
      try expect(pair, .normal, pair.normal)
      if let exact = pair.exact { try expect(pair, .exact, exact) }
    }
  }

  private func expect(_ pair: Fixture.Pair, _ method: WilcoxonTest.Method, _ expected: Fixture.Tails) throws {
    let tails = [expected.twoSided, expected.less, expected.greater]
    for (alternative, value) in zip(WilcoxonTest.Alternative.allCases, tails) {
      let test = try WilcoxonTest(pair.first, pair.second, alternative: alternative, method: method)
      #expect(agrees(test.pValue, value), "\(pair.first.count) \(method) \(alternative) \(test.pValue) \(value)")
      #expect(test.statistic == pair.statistic)
    }
  }

  /// All five differences are positive: 2 of 32 choices of signs are as extreme.
  @Test func fiveDifferencesByHand() throws {
    let test = try WilcoxonTest([1.1, 2.2, 3.3, 4.4, 5.5], [1, 2, 3, 4, 5])
    #expect(test.pValue == 0.0625 && test.positiveRanks == 15 && test.negativeRanks == 0 && test.count == 5)
    // The magnitudes 1, 1, 2 have the ranks 1½, 1½, 3; W⁺ = 1½ has 3 of 8 choices at most as large: none, or one of the 1½.
    let tied = try WilcoxonTest([1, 0, 0], [0, 1, 2], alternative: .less)
    #expect(tied.positiveRanks == 1.5 && tied.pValue == 3.0 / 8)
  }

  @Test func automaticIsExactForUpTo25Differences() throws {
    for count in [25, 26] {
      let first = (0..<count).map { Double($0 * 7 % 11) }
      let second = (0..<count).map { Double($0 * 5 % 13) + 0.5 }
      let test = try WilcoxonTest(first, second)
      #expect(try test == WilcoxonTest(first, second, method: count == 25 ? .exact : .normal))
    }
  }

  @Test func divergedRunsHaveTheLargestDifference() throws {
    let test = try WilcoxonTest([.infinity, 1, 1, .infinity], [1, 2, 3, .infinity])
    #expect(test.count == 3 && test.positiveRanks == 3 && test.negativeRanks == 3)
    let same = try WilcoxonTest([.infinity, 2], [.infinity, 2])
    #expect(same.count == 0 && same.pValue == 1)
    #expect(try WilcoxonTest([2, 2], [2, 2], method: .normal).pValue == 1)
  }

  @Test func wrongInputIsRefused() {
    #expect(throws: GliaError.self) { try WilcoxonTest([], []) }
    #expect(throws: GliaError.self) { try WilcoxonTest([1, 2], [1]) }
    #expect(throws: GliaError.self) { try WilcoxonTest([1, .nan], [1, 2]) }
    #expect(throws: GliaError.self) { try WilcoxonTest([1, 2], [1, -.infinity]) }
    let many = [Double](repeating: 1, count: 501)
    #expect(throws: GliaError.self) { try WilcoxonTest(many, many.map { $0 + 1 }, method: .exact) }
  }
}

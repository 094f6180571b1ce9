import GliaCore
import GliaSearch
import Testing

@Suite("Importance of settings")
struct SearchImportanceTests {
  private func trials(_ space: SearchSpace, _ count: Int, _ value: ([Double]) -> Double) throws -> [FinishedTrial] {
    var random = Random(seed: 4)
    return try (1...count).map { number in
      let values = space.values(at: space.dimensions.map { _ in random.uniform() })
      let point = try space.point(of: values)
      return FinishedTrial(number: number, values: values, point: point, outcome: .value(value(point)))
    }
  }

  @Test("additive and multiplied settings have their fractions of the variance")
  func fractions() throws {
    let space = try SearchSpace(from: ["a": "0..1", "b": ["p", "q", "r"], "c": "log-int:1..64"])
    // A step and a list: variances 1/4 · 4 = 1 and 2/9 · 2.25 = 0.5.
    let additive = try SearchImportance(
      of: trials(space, 300) { ($0[0] < 0.5 ? 0 : 2) + ($0[1] < 0.4 ? 1.5 : 0) }, in: space)
    #expect(abs((additive.fractions["a"] ?? 0) - 0.667) < 0.12, "\(additive)")
    #expect(abs((additive.fractions["b"] ?? 0) - 0.333) < 0.12, "\(additive)")
    #expect(additive.fractions["c"] ?? 1 < 0.05 && additive.combined < 0.1, "\(additive)")
    // An exclusive or is due to the combination alone.
    let combined = try SearchImportance(of: trials(space, 300) { ($0[0] < 0.5) == ($0[2] < 0.5) ? 1 : 0 }, in: space)
    #expect(combined.combined > 0.6, "\(combined)")
  }

  /// f = a + 2 b + … + 10 j has the variances k² / 12.
  @Test("thousands of trials of ten settings", .timeLimit(.minutes(5)))
  func manyTrials() throws {
    let space = try SearchSpace((1...10).map { try SearchDimension(parsing: "x\($0)=0..1") })
    let importance = try SearchImportance(
      of: trials(space, 3999) { x in x.indices.reduce(0) { $0 + Double($1 + 1) * x[$1] } }, in: space, trees: 8)
    for k in [7, 10] { #expect(abs((importance.fractions["x\(k)"] ?? 0) - Double(k * k) / 385) < 0.1, "\(importance)") }
  }

  @Test("the same trials give the same fractions; equal values have none; too few are an error")
  func laws() throws {
    let space = try SearchSpace(from: ["a": "0..1", "b": "0..1"])
    let trials = try trials(space, 40) { $0[0] + 0.1 * $0[1] }
    #expect(try SearchImportance(of: trials, in: space) == SearchImportance(of: trials, in: space))
    #expect(try SearchImportance(of: trials, in: space, seed: 1) != SearchImportance(of: trials, in: space))
    let equal = try SearchImportance(of: self.trials(space, 10) { _ in 3 }, in: space)
    #expect(equal.fractions == ["a": 0, "b": 0] && equal.combined == 0)
    let huge = try SearchImportance(
      of: self.trials(space, 20) { $0[0] < 0.5 ? 0 : .greatestFiniteMagnitude }, in: space)
    #expect(huge.fractions["a"] ?? 0 > 0.8)
    let failed = FinishedTrial(number: 1, values: [:], point: [0.5, 0.5], outcome: .failed("bad luck"))
    #expect(throws: GliaError.self) { try SearchImportance(of: [failed, trials[0]], in: space) }
    #expect(throws: GliaError.self) { try SearchImportance(of: trials, in: space, trees: 0) }
  }
}

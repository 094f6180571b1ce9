import GliaCore
import GliaStudies
import Testing

/// Performance profiles, worked by hand.
struct PerformanceProfileTests {
  @Test func fractionsByHand() throws {
    let profile = try PerformanceProfile(
      ScoreTable(rows: [[1, 2, 4], [3, 3, .infinity], [10, 5, 20], [.infinity, .infinity, .infinity], [0, 0, 1]]))
    #expect(profile.factors[0] == [1, 2, 4] && profile.factors[2] == [2, 1, 4])
    #expect(profile.factors[4] == [1, 1, .infinity])
    #expect(try profile.solved(within: 1) == [0.6, 0.6, 0])
    #expect(try profile.solved(within: 2) == [0.8, 0.8, 0])
    #expect(try profile.solved(within: 1e300) == [0.8, 0.8, 0.4])
    let steps = try profile.steps(of: 0)
    #expect(steps.map(\.factor) == [1, 2] && steps.map(\.solved) == [0.6, 0.8])
    #expect(try profile.steps(of: 2).map(\.factor) == [4])
  }

  @Test func wrongInputIsRefused() throws {
    #expect(throws: GliaError.self) { try PerformanceProfile(ScoreTable(rows: [[1, -1], [1, 2]])) }
    let profile = try PerformanceProfile(ScoreTable(rows: [[1, 1], [1, 2]]))
    for factor in [0.9, .nan, .infinity] { #expect(throws: GliaError.self) { try profile.solved(within: factor) } }
    for method in [-1, 2] { #expect(throws: GliaError.self) { try profile.steps(of: method) } }
  }
}

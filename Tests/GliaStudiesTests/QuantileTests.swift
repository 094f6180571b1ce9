import GliaCore
import GliaStudies
import Testing

/// Medians, quantiles and bootstrap intervals.
struct QuantileTests {
  @Test func quantilesAreNumPys() throws {
    for example in try Fixture.read().quantiles {
      for (level, value) in zip(example.levels, example.values) {
        #expect(abs(try Quantiles.quantile(level, of: example.scores) - value) < 1e-12)
      }
    }
    #expect(try Quantiles.median([3, 1, 2]) == 2 && Quantiles.median([4, 1, 2, 3]) == 2.5)
  }

  @Test func divergedRunsRankLast() throws {
    #expect(try Quantiles.median([.infinity, 1, 2]) == 2)
    #expect(try Quantiles.median([.infinity, 1]) == .infinity)
    #expect(try Quantiles.median([.infinity, .infinity]) == .infinity)
    #expect(try Quantiles.quantile(0.25, of: [.infinity, 1, 2, 3, 4]) == 2)
    let interval = try Quantiles.medianInterval([1, 2, 3, .infinity, .infinity])
    #expect(interval.low == 1 && interval.high == .infinity)
  }

  @Test func intervalsAreThoseOfTheExactBootstrap() throws {
    for example in try Fixture.read().bootstrap {
      let interval = try Quantiles.medianInterval(example.scores, resamples: 8000)
      #expect(interval.low == example.low && interval.high == example.high)
    }
  }

  @Test func seedsDecideTheInterval() throws {
    let scores = (0..<40).map { Double($0 * $0 % 37) / 7 }
    let narrow = try Quantiles.medianInterval(scores, confidence: 0.5, resamples: 50, seed: 1)
    #expect(try Quantiles.medianInterval(scores, confidence: 0.5, resamples: 50, seed: 1) == narrow)
    #expect(try Quantiles.medianInterval(scores, confidence: 0.5, resamples: 50, seed: 2) != narrow)
    let wide = try Quantiles.medianInterval(scores, confidence: 0.99)
    #expect(wide.low < narrow.low && wide.high > narrow.high)
    #expect(try Quantiles.medianInterval([7]) == (7, 7))
  }

  @Test func wrongInputIsRefused() {
    #expect(throws: GliaError.self) { try Quantiles.median([]) }
    #expect(throws: GliaError.self) { try Quantiles.median([1, .nan]) }
    #expect(throws: GliaError.self) { try Quantiles.median([1, -.infinity]) }
    for level in [-0.1, 1.1, .nan] {
      #expect(throws: GliaError.self) { try Quantiles.quantile(level, of: [1]) }
    }
    for confidence in [0, 1, .nan] {
      #expect(throws: GliaError.self) { try Quantiles.medianInterval([1], confidence: confidence) }
    }
    for resamples in [0, -1, Int.max] {
      #expect(throws: GliaError.self) { try Quantiles.medianInterval([1], resamples: resamples) }
    }
  }
}

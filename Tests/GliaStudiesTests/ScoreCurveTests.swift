import Glia
import GliaSearch
import Testing

@testable import GliaStudies

/// Validation curves and learning curves.
struct ScoreCurveTests {
  private func curve(
    _ text: String, points: Int = 4, jobs: Int = 1, _ experiment: Experiment = Experiments.moons()
  ) throws -> ScoreCurve {
    let objective = try ExperimentObjective(experiment, seeds: 2, with: .standard)
    return try ScoreCurve(of: objective, varying: SearchDimension(parsing: text), points: points, jobs: jobs)
  }

  @Test func pointsAreThoseOfTheObjective() throws {
    let curve = try curve("network.layers.0.units=1,4")
    #expect(curve.points.map(\.value) == [1, 4])
    let objective = try ExperimentObjective(Experiments.moons(), seeds: 2, with: .standard)
    let result = try objective.measure(["network.layers.0.units": 4])
    #expect(curve.points[1].heldOut == result.values)
    #expect(abs(curve.points[1].training.reduce(0, +) / 2 - result.trainingValue) < 1e-12)
  }

  @Test func jobsDoNotMatter() throws {
    let (one, two) = (try curve("training.batch_size=int:1..40"), try curve("training.batch_size=int:1..40", jobs: 2))
    #expect(one.points.map(\.value) == [1, 14, 27, 40])
    #expect(one.points.map(\.heldOut) == two.points.map(\.heldOut))
  }

  @Test func runsMayDiverge() throws {
    let curve = try curve("training.optimizer.learning_rate=0.01,1e38")
    #expect(curve.points[0].heldOut.allSatisfy(\.isFinite) && curve.points[1].heldOut.allSatisfy { !$0.isFinite })
  }

  @Test func samplesAreCountedOrAShare() throws {
    let (counts, shares) = (try curve("samples=36,2,18"), try curve("samples=0.5,1,0.05"))
    #expect(counts.points.map(\.value) == [2, 18, 36] && shares.points.map(\.value) == [2, 18, 36])
    #expect(counts.points.map(\.heldOut) == shares.points.map(\.heldOut))
    #expect(counts.points[0].heldOut != counts.points[1].heldOut)
    for wrong in ["0", "-3", "2.5", "1e30", "many", "37", "0.5,100"] {
      #expect(throws: GliaError.self) { try self.curve("samples=\(wrong)") }
    }
  }

  @Test func smallerSharesArePartsOfLargerOnes() throws {
    let data = try Blobs(samples: 90).load()
    func training(_ number: Double, seed: UInt64 = 1) throws -> [Int] {
      try SubsetSplit(RandomSplit(test: 0.2), #require(TrainingShare(number)), seed: seed).parts(of: data).training
    }
    let all = try training(1000)
    #expect(try all.count == 72 && Set(all) == Set(RandomSplit(test: 0.2).parts(of: data).training))
    for number in [1, 3, 10, 0.25] {
      let some = try training(number)
      #expect(some == Array(all.prefix(number < 1 ? 18 : Int(number))))
    }
    #expect(try Set(training(3).map { data.targets[0].texts[$0] }).count == 3)
    #expect(try training(10, seed: 2) != training(10))
  }
}

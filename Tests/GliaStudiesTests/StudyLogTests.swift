import Foundation
import Glia
import GliaSearch
import Synchronization
import Testing

@testable import GliaStudies

/// Studies and curves that are interrupted and continued.
struct StudyLogTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "runs-\(UUID().uuidString).jsonl").path

  /// An end after some measurements, which are counted in the log.
  private func interrupted(after lines: Int) -> @Sendable () -> Bool {
    { [path] in (try? String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count) ?? 0 > lines }
  }

  private func study(continues: Bool) throws -> OptimizerStudy {
    let contenders = try [StudyContender(SGD(learningRate: 0.1)), StudyContender(Adam(learningRate: 0.05))]
    var study = try OptimizerStudy(
      StudyProblem(Experiments.moons(), target: 0.5), contenders, metric: "accuracy", with: .standard)
    (study.tuningTrials, study.seeds) = (3, 3)
    study.log = try StudyLog(path: path, of: study.identity, continues: continues)
    return study
  }

  @Test(arguments: [1, 2]) func aStudyIsContinued(jobs: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let whole = try study(continues: false).run()
    // Two contenders with three trials each, and two runs of the first seed and one of the second.
    var part = try study(continues: false)
    #expect(!StudyLog.isUnfinished(at: path))
    part.isInterrupted = interrupted(after: 9)
    let some = try part.run()
    #expect(some.map { $0.runs.count } == [1, 1] && StudyLog.isUnfinished(at: path))
    #expect(some.map(\.tuning) == whole.map(\.tuning) && some.map { $0.values[0] } == whole.map { $0.values[0] })
    // As if it had been killed while it wrote the last line.
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try (text + text.suffix(30).prefix(20)).write(toFile: path, atomically: true, encoding: .utf8)
    var rest = try study(continues: true)
    #expect(try #require(rest.log).earlier >= 9)
    (rest.keepsModels, rest.jobs) = (true, jobs)
    let all = try rest.run()
    #expect(all.map(\.tuning) == whole.map(\.tuning) && all.map(\.settings) == whole.map(\.settings))
    for (one, other) in zip(all, whole) {
      func timeless(_ run: StudyRun) -> [Epoch] {
        run.history.map { epoch in
          var copy = epoch
          copy.seconds = 0
          return copy
        }
      }
      #expect(one.runs.map(timeless) == other.runs.map(timeless))
      #expect(one.runs.map(\.value) == other.runs.map(\.value) && one.runs.map(\.test) == other.runs.map(\.test))
      // The first seed was not trained again, so there is no model of it.
      #expect(one.models[8] == nil && one.models[10] != nil)
    }
    try rest.log?.finish()
    #expect(!StudyLog.isUnfinished(at: path))
  }

  @Test func divergedRunsAreKept() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var study = try OptimizerStudy(
      StudyProblem(Experiments.sine(SGD())), [StudyContender(SGD(learningRate: 1e30))], with: .standard)
    study.log = try StudyLog(path: path, of: study.identity, continues: false)
    let first = try study.run()
    study.log = try StudyLog(path: path, of: study.identity, continues: true)
    study.isInterrupted = { true }
    #expect(try study.run().map(\.runs) == first.map(\.runs) && first[0].runs[0].diverged)
  }

  @Test func aCurveIsContinued() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let objective = try ExperimentObjective(Experiments.moons(), seeds: 2, with: .standard)
    let units = try SearchDimension(parsing: "network.layers.0.units=1,2,3,4")
    func curve(continues: Bool, _ isInterrupted: (@Sendable () -> Bool)?) throws -> ScoreCurve {
      let log = try StudyLog(path: path, of: objective.identity, continues: continues)
      return try ScoreCurve(of: objective, varying: units, log: log, isInterrupted: isInterrupted)
    }
    let whole = try curve(continues: false, nil)
    let part = try curve(continues: false, interrupted(after: 2))
    #expect(part.points.count == 2 && part.count == 4)
    let asked = Mutex(0)
    let all = try curve(continues: true) {
      asked.withLock { $0 += 1 }
      return false
    }
    #expect(all.points.map(\.heldOut) == whole.points.map(\.heldOut) && all.points.count == 4)
    // Two values of four, with two seeds, three epochs and three batches each.
    #expect(asked.withLock { $0 } == 2 * 2 * 3 * 3)
    #expect(throws: CancellationError.self) { try curve(continues: false) { true } }
  }

  @Test func logsOfOtherStudiesAreRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try StudyLog(path: path, of: ["experiment": ["epochs": 3]], continues: false)
    let other = #expect(throws: GliaError.self) {
      try StudyLog(path: path, of: ["experiment": ["epochs": 4]], continues: true)
    }
    #expect(other?.what == "the log is of another study: experiment.epochs was 3, and is 4")
    for text in ["{}\n", #"{"glia_study":1,"subject":null}"# + "\n{}\n", "x\n"] {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: GliaError.self, "\(text)") { try StudyLog(path: path, of: .null, continues: true) }
    }
  }
}

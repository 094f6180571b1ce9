import Foundation
import Glia
import Testing

private let releases = URL(filePath: #filePath).appending(path: "../../../Fixtures/Models").standardized

/// Models of every release, made by `Tests/Fixtures/Models/make` and never changed.
@Suite("Models of earlier versions")
struct KeptModelTests {
  private static var runs: [String] {
    get throws {
      let files = FileManager.default
      return try files.contentsOfDirectory(atPath: releases.path).filter {
        !$0.contains(".json") && !$0.contains(".csv") && $0 != "make"
      }
      .flatMap { release in
        try files.contentsOfDirectory(atPath: releases.appending(path: release).path).map { "\(release)/\($0)" }
      }.sorted()
    }
  }

  private func path(_ run: String, _ file: String) -> String { releases.appending(path: "\(run)/\(file)").path }

  @Test("are all there")
  func all() throws {
    for name in ["containers", "exact", "house", "small"] { #expect(try Self.runs.contains("before-0.1.0/\(name)")) }
  }

  @Test("predict the same for ever", arguments: try runs)
  func predictions(run: String) throws {
    let model = try Model(contentsOf: path(run, "model.safetensors"), with: .standard)
    let lines = try String(contentsOfFile: path(run, "predictions.csv"), encoding: .utf8).split(separator: "\n")
      .dropFirst()
    let expected = lines.map { $0.split(separator: ",").compactMap { Float($0) } }
    let data = try model.experiment.load()
    let outputs = try model.predict(data)
    let rows = data.rowNumbers ?? Array(1...data.count)
    #expect(rows.count >= 4 && outputs.rows == rows.count)
    for (row, number) in rows.enumerated() {
      let (found, wanted) = (Array(outputs[row: row]), Array(expected[number - 1].suffix(outputs.width)))
      try #require(wanted.count == outputs.width)
      if run.hasSuffix("/exact") {
        // No kernel rounds anything here.
        #expect(found == wanted, "row \(number)")
      } else {
        #expect(zip(found, wanted).allSatisfy { abs($0 - $1) <= 1e-5 * max(abs($1), 0.01) }, "\(found), not \(wanted)")
      }
    }
  }

  @Test("report results that they still have", arguments: try runs)
  func results(run: String) throws {
    let model = try Model(contentsOf: path(run, "model.safetensors"), with: .standard)
    let report = try JSON(parsing: String(contentsOfFile: path(run, "report.json"), encoding: .utf8))
    let experiment = try Experiment(from: #require(report["experiment"]), with: .standard)
    let folder = releases.appending(path: run).path
    let training = try Preparation(experiment, with: .standard, folder: folder).training
    let loss = try #require(report["train"]?["loss"]?.double)
    #expect(try abs(model.evaluate(training).loss - loss) <= 1e-5 * max(loss, 0.01))
  }

  @Test("leave checkpoints from which training resumes", arguments: try runs)
  func checkpoints(run: String) throws {
    let checkpoint = try Checkpoint(contentsOf: path(run, "checkpoint.safetensors"), with: .standard)
    // Data with logarithms may differ in the last bit on other systems.
    guard run.hasSuffix("/exact") || run.hasSuffix("/small") else { return }
    let report = try JSON(parsing: String(contentsOfFile: path(run, "report.json"), encoding: .utf8))
    var experiment = try Experiment(from: #require(report["experiment"]), with: .standard)
    experiment.training.epochs += 1
    var training = try Preparation(experiment, with: .standard, folder: releases.appending(path: run).path).begin()
    try training.resume(from: checkpoint)
    #expect(try training.next()?.number == experiment.training.epochs)
  }
}

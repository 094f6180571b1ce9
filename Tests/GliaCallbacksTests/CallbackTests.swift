import Foundation
import Glia
import Testing

@Suite("Callbacks")
final class CallbackTests: CallbackFolder {
  @Test("training stops as soon as the target is reached, in either direction")
  func target() throws {
    var free = try training(epochs: 30)
    try free.fit()
    for (column, isHigh) in [("validation_roc_auc", true), ("loss", false)] {
      let values = free.history.compactMap { $0[column] }
      let value = try #require(isHigh ? values.max() : values.min())
      var stopped = try training(.target(column, value), epochs: 30)
      try stopped.fit()
      let first = try #require(values.firstIndex(of: value))
      #expect(stopped.stopReason == .target && stopped.history.count == first + 1)
    }
  }

  @Test("the time limit includes the epochs before resuming")
  func timeLimit() throws {
    var short = try training(.timeLimit(seconds: 1e-9))
    try short.fit()
    #expect(short.stopReason == .time && short.history.count == 1)
    var first = try training(.timeLimit(seconds: 0.02), epochs: 1_000_000)
    try first.fit()
    try Checkpoint(first).write(to: path("cut"))
    var second = try training(.timeLimit(seconds: 0.02), epochs: 1_000_000, resumedFrom: "cut")
    try second.fit()
    #expect(first.stopReason == .time && second.stopReason == .time && second.history.count == first.history.count)
  }

  @Test("early stopping monitors the metric and restores the best weights", arguments: ["roc_auc", "log_loss"])
  func direction(metric: String) throws {
    var training = try training(.earlyStopping(monitor: "validation_\(metric)", patience: 4), epochs: 60)
    try training.fit()
    let values = training.history.compactMap { $0.validation?[metric] }
    let best = try #require(metric == "roc_auc" ? values.max() : values.min())
    let held = try #require(try preparation([]).validation)
    #expect(try training.evaluate(held)[metric] == best)
    #expect(training.history[0].higherIsBetter(in: "validation_\(metric)") == (metric == "roc_auc"))
    // A checkpoint restores it.
    try Checkpoint(training).write(to: path("end"))
    var resumed = try self.training(
      .earlyStopping(monitor: "validation_\(metric)", patience: 4), epochs: 60, resumedFrom: "end")
    _ = try resumed.next()
    #expect(resumed.history[0] == training.history[0])
  }

  @Test("unknown history columns are rejected, as are training values without a validation set")
  func columns() throws {
    for callback in [
      .target("validation_f1", 1), .checkpoint(monitor: "f1"), .earlyStopping(monitor: "f1"),
      .earlyStopping(monitor: "test_loss"),
    ] + ["epoch", "learning_rate", "penalty", "seconds"].map({ .earlyStopping(monitor: $0) }) as [any Callback] {
      let error = #expect(throws: GliaError.self) { _ = try self.preparation([callback]).begin() }
      #expect(error?.place == "training.callbacks.0.monitor" && error?.remedy != nil)
    }
    let error = #expect(throws: GliaError.self) {
      _ = try self.preparation([.earlyStopping(monitor: "roc_auc")], validation: 0).begin()
    }
    #expect(error?.remedy == "add \"validation\": 0.2 to the split")
    _ = try preparation([.earlyStopping(monitor: "loss"), .target("roc_auc", 1)], validation: 0).begin()
    _ = try preparation([.earlyStopping(monitor: "roc_auc")]).begin()
  }

  @Test(
    "files outside the folder are rejected",
    arguments: ["../log.csv", "/tmp/log.csv", "a/../../log.csv", "", "logs/", ".", "a/.", "log\0.csv"])
  func outside(file: String) {
    for callback in [.csvLog(file: file), .layerStatistics(file: file)] as [any Callback] {
      let error = #expect(throws: GliaError.self) { _ = try self.preparation([callback]).begin() }
      #expect(error?.category == .description && error?.place == "training.callbacks.0.file")
    }
  }

  @Test("two callbacks cannot write the same file, however its path is spelled")
  func sameFile() throws {
    let pairs: [[any Callback]] = [
      [.csvLog(file: "a.csv"), .layerStatistics(file: "a.csv")],
      [.csvLog(file: "b/a.csv"), .layerStatistics(file: "./b//./a.csv")],
      [.csvLog(file: "a.csv"), .csvLog(file: "A.CSV")],
      [.csvLog(file: "checkpoint-0001.safetensors"), .checkpoint()],
      [.checkpoint(), .csvLog(file: "./checkpoint-12345.safetensors")],
      [.checkpoint(), .layerStatistics(file: "best.safetensors")],
    ]
    for pair in pairs {
      let error = #expect(throws: GliaError.self) { _ = try self.preparation(pair).begin() }
      #expect(error?.category == .description && error?.place == "training.callbacks.1", "\(pair)")
    }
    _ = try preparation([.checkpoint(best: false), .csvLog(file: "best.safetensors"), .csvLog(file: "a.csv")]).begin()
  }

  @Test("pauses occur as often as requested, also during an epoch, and do not affect results")
  func pause() throws {
    var whole = try training(epochs: 3)
    try whole.fit()
    var paused = try training(epochs: 3)
    let path = path("middle")
    var samples: Set<Int> = []
    paused.pause(every: .nanoseconds(1)) { training in
      samples.insert(training.steps)
      if training.steps == 6 { try? Checkpoint(training).write(to: path) }
    }
    try paused.fit()
    // The training set has 60 of 100 samples: four batches of 16 per epoch.
    #expect(samples == Set(1...12))
    #expect(paused.network.parameters == whole.network.parameters)
    var rest = try training(epochs: 3, resumedFrom: "middle")
    try rest.fit()
    #expect(rest.network.parameters == whole.network.parameters)
    var rare = try training(epochs: 3)
    var count = 0
    rare.pause(every: .seconds(3600)) { _ in count += 1 }
    try rare.fit()
    #expect(count == 0)
  }

  @Test("a missing folder is detected before the first step", arguments: [0, 1, 2])
  func missingFolder(index: Int) throws {
    let callbacks: [any Callback] = [.csvLog(), .checkpoint(), .layerStatistics()]
    var training = try preparation([callbacks[index]]).begin()
    training.folder = path("missing")
    var error: GliaError?
    do { _ = try training.next() } catch let thrown as GliaError { error = thrown }
    #expect(error?.category == .output && training.steps == 0)
  }

  @Test("training and other callbacks continue if a file cannot be written")
  func lostFolder() throws {
    var training = try training(.csvLog(), .checkpoint(), TargetReached("epoch", 3, mode: .max))
    _ = try training.next()
    try FileManager.default.removeItem(at: folder)
    for _ in 0..<2 {
      var error: GliaError?
      do { _ = try training.next() } catch let thrown as GliaError { error = thrown }
      #expect(error?.category == .output)
    }
    #expect(training.history.count == 3 && training.stopReason == .target)
  }
}

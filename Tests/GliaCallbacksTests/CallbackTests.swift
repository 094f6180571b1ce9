import Foundation
import Glia
import Testing

@Suite("Callbacks")
final class CallbackTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func preparation(_ callbacks: [any Callback], epochs: Int = 7, validation: Double = 0.2) throws -> Preparation
  {
    var experiment = Experiment()
    experiment.data = Moons(samples: 100, noise: 0.2)
    experiment.split = RandomSplit(test: 0.2, validation: validation)
    experiment.network.layers = [Dense(4, activation: .tanh), Dense(1, activation: .sigmoid)]
    (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), Adam(learningRate: 0.1))
    (experiment.training.epochs, experiment.training.batchSize) = (epochs, 16)
    experiment.training.metrics = [ROCAUC(), LogLoss()]
    experiment.training.callbacks = callbacks
    return try Preparation(experiment, with: .standard)
  }

  private func training(
    _ callbacks: any Callback..., epochs: Int = 7, in name: String = "", resumedFrom file: String? = nil
  ) throws -> Training {
    var training = try preparation(callbacks, epochs: epochs).begin()
    training.folder = name.isEmpty ? folder.path : folder.appending(path: name).path
    if let file { try training.resume(from: Checkpoint(contentsOf: path(file), with: .standard)) }
    return training
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }
  private func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
  private var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }
  private func parameters(_ name: String) throws -> [Float] {
    try Model(contentsOf: path(name), with: .standard).network.parameters
  }

  @Test("the latest checkpoints and the best one are kept", arguments: [nil, "validation_roc_auc"])
  func checkpoints(monitor: String?) throws {
    var training = try training(.checkpoint(every: 2, keep: 2, monitor: monitor))
    var passed: [[Float]] = []
    while try training.next() != nil { passed.append(training.network.parameters) }
    #expect(try files == ["best.safetensors", "checkpoint-0004.safetensors", "checkpoint-0006.safetensors"])
    #expect(try parameters("checkpoint-0004.safetensors") == passed[3])
    let values = training.history.compactMap { $0[monitor ?? "validation_loss"] }
    let best = try #require(monitor == nil ? values.min() : values.max())
    let index = try #require(values.firstIndex(of: best))
    #expect(try parameters("best.safetensors") == passed[index])
  }

  @Test("resumed training writes new checkpoints and keeps earlier ones")
  func resumedCheckpoints() throws {
    var whole = try training(.checkpoint(keep: 2))
    try whole.fit()
    try Checkpoint(whole).write(to: path("end"))
    var first = try training(.checkpoint(keep: 2), epochs: 4)
    try first.fit()
    #expect(try files == ["best.safetensors", "checkpoint-0003.safetensors", "checkpoint-0004.safetensors", "end"])
    var second = try training(.checkpoint(keep: 2), resumedFrom: "checkpoint-0003.safetensors")
    for name in ["checkpoint-0002.safetensors", "checkpoint-0003.safetensors"] {
      try Data("left alone".utf8).write(to: folder.appending(path: name))
    }
    _ = try second.next()
    #expect(try text("checkpoint-0003.safetensors") == "left alone")
    #expect(second.history.count == 4)
    try second.fit()
    #expect(
      try files.filter { $0.hasPrefix("checkpoint") } == ["checkpoint-0006.safetensors", "checkpoint-0007.safetensors"])
    #expect(try parameters("checkpoint-0007.safetensors") == parameters("end"))
  }

  @Test("files of later epochs from an earlier run are removed, other files are kept")
  func formerCheckpoints() throws {
    let own = ["checkpoint-0009.safetensors", "checkpoint-12345.safetensors"]
    let others = ["checkpoint-009.safetensors", "checkpoint-best.safetensors", "checkpoint.safetensors"]
    var first = try training(.checkpoint())
    try first.fit()
    for name in own + others { try Data("x".utf8).write(to: folder.appending(path: name)) }
    let former = try files
    // Training that writes no checkpoints does not replace them.
    var second = try training(.checkpoint(every: 100, best: false), epochs: 1)
    try second.fit()
    #expect(try files == former)
    var third = try training(.checkpoint(every: 2, best: false), epochs: 3)
    _ = try third.next()
    #expect(try files == former)
    try third.fit()
    #expect(try files == ["checkpoint-0002.safetensors"] + others)
  }

  @Test("the best model of an epoch after the resume point is removed")
  func laterBest() throws {
    var first = try training(.checkpoint(keep: 9), epochs: 7)
    try first.fit()
    let best = try Checkpoint(contentsOf: path("best.safetensors"), with: .standard)
    try FileManager.default.createDirectory(atPath: path("other"), withIntermediateDirectories: true)
    var probe = try training(.checkpoint(keep: 9), epochs: 99, in: "other", resumedFrom: "best.safetensors")
    _ = try probe.next()
    let number = probe.history.count - 1
    #expect(number > 2 && best.model.network.parameters.count > 0)
    var second = try training(.checkpoint(keep: 9), epochs: 2, resumedFrom: "checkpoint-0001.safetensors")
    _ = try second.next()
    #expect(try files.filter { $0.hasPrefix("checkpoint") }.count == 2)
    let now = try parameters("best.safetensors")
    #expect(now == second.network.parameters && now != best.model.network.parameters)
  }

  @Test("the log is available during training and equals the history")
  func log() throws {
    try Data("of a former run".utf8).write(to: folder.appending(path: "log.csv"))
    var training = try training(.csvLog())
    while let epoch = try training.next() {
      let lines = try text("log.csv").split(separator: "\n")
      #expect(lines.count == epoch.number + 1)
      #expect(lines.last?.split(separator: ",").first == "\(epoch.number)")
      #expect(lines.last?.split(separator: ",").dropFirst(2).first.flatMap { Double($0) } == epoch.training.loss)
    }
    #expect(
      try text("log.csv").hasPrefix(
        "epoch,learning_rate,loss,penalty,roc_auc,log_loss,validation_loss,validation_roc_auc,validation_log_loss,seconds\n"
      ))
  }

  @Test("resumed training writes the same files as uninterrupted training", arguments: [false, true])
  func resumedFiles(elsewhere: Bool) throws {
    func rows(_ name: String) throws -> [[Substring]] {
      try text(name).split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).dropLast()
      }
    }
    var whole = try training(.csvLog(), .layerStatistics())
    try whole.fit()
    let (log, statistics) = (try rows("log.csv"), try text("statistics.csv"))
    var first = try training(.csvLog(), .layerStatistics(), epochs: 5)
    for _ in 0..<3 { _ = try first.next() }
    try Checkpoint(first).write(to: path("cut"))
    // Rows of repeated epochs must not be duplicated.
    _ = try first.next()
    let other = elsewhere ? "other" : ""
    try FileManager.default.createDirectory(atPath: path("other"), withIntermediateDirectories: true)
    var second = try training(.csvLog(), .layerStatistics(), in: other, resumedFrom: "cut")
    try second.fit()
    #expect(try rows("\(other)/log.csv") == log)
    if !elsewhere { #expect(try text("statistics.csv") == statistics) }
  }

  @Test("layer statistics calculated by hand: y = w x + b with w = (3, -1, 0), b = 0, x = (1, 2, 0), target 0")
  func statistics() throws {
    var network = try Network(input: [3]) { Dense(1) }
    try network.set("layers.0.weight", to: Tensor(rows: [[3, -1, 0]]))
    try network.set("layers.0.bias", to: Tensor(shape: [1], [0]))
    let data = try Dataset(inputs: Tensor(rows: [[1, 2, 0]]), targets: [Column("y", [0])])
    var training = try Training(
      network, on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 1e-20), epochs: 1,
      callbacks: [.layerStatistics()])
    training.folder = folder.path
    try training.fit()
    let rows = try text("statistics.csv").split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(rows.count == 3)
    // y = 1, so the gradients are 2 (1, 2, 0) and 2, and the last weight stays exactly 0.
    let expected: [([String], [Double])] = [
      (
        ["1", "layers.0", "weight"],
        [2.0 / 3, 26.0.squareRoot() / 3, -1, 3, 10.0.squareRoot(), 1.0 / 3, 20.0.squareRoot(), 24.0.squareRoot()]
      ),
      (["1", "layers.0", "bias"], [0, 0, 0, 0, 0, 0, 2, 24.0.squareRoot()]),
    ]
    for (row, (names, numbers)) in zip(rows.dropFirst(), expected) {
      #expect(Array(row.prefix(3)) == names)
      for (cell, number) in zip(row.dropFirst(3), numbers) {
        #expect(abs((Double(cell) ?? .nan) - number) < 1e-6, "\(row)")
      }
    }
  }

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

  @Test("unwritable files are detected before earlier checkpoints are removed", arguments: [false, true])
  func formerCheckpointsStay(isLast: Bool) throws {
    var first = try training(.checkpoint())
    try first.fit()
    let former = try files
    let log: any Callback = .csvLog(file: "missing/log.csv")
    var second = try preparation(isLast ? [.checkpoint(), log] : [log, .checkpoint()]).begin()
    second.folder = folder.path
    var error: GliaError?
    do { _ = try second.next() } catch let thrown as GliaError { error = thrown }
    #expect(error?.category == .output && second.steps == 0)
    #expect(try files == former)
  }

  @Test("rows that temporarily could not be written are written later")
  func laterRows() throws {
    var training = try training(.csvLog(), .layerStatistics())
    _ = try training.next()
    let away = folder.path + "-away"
    try FileManager.default.moveItem(atPath: folder.path, toPath: away)
    for _ in 0..<2 {
      var error: GliaError?
      do { _ = try training.next() } catch let thrown as GliaError { error = thrown }
      #expect(error?.category == .output)
    }
    try FileManager.default.moveItem(atPath: away, toPath: folder.path)
    try training.fit()
    // Two layers with a weight and a bias each.
    for (name, rows) in [("log.csv", 1), ("statistics.csv", 4)] {
      let numbers = try text(name).split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
      #expect(numbers == (1...7).flatMap { Array(repeating: "\($0)"[...], count: rows) })
    }
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

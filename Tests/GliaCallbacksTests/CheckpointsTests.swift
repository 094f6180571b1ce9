import Foundation
import Glia
import Testing

@Suite("The checkpoint callback")
final class CheckpointsTests: CallbackFolder {
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
}

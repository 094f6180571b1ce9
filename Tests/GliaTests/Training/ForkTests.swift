import Foundation
import Glia
import TestSupport
import Testing

@testable import GliaCore

@Suite("Forks")
struct ForkTests {
  private let x: [[Float]] = [[0, 1], [1, 0], [2, 1], [3, 5]]

  private func training(units: Int = 2, optimizer: any Optimizer = Adam(learningRate: 0.1)) throws -> Training {
    let data = try Dataset(inputs: Tensor(rows: x), targets: [Column("y", text: ["p", "q", "p", "q"])])
    let network = try Network(input: [2], seed: 1) {
      Dense(units, activation: .tanh)
      Dense(1, activation: .sigmoid)
    }
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.shuffle) = (BinaryCrossentropy(), optimizer, false)
    return try Training(network, on: data, settings: settings)
  }

  private func checkpoint(after epochs: Int = 3) throws -> Checkpoint {
    var training = try training()
    for _ in 0..<epochs { _ = try training.next() }
    return Checkpoint(training)
  }

  @Test("of the same experiment go on as if nothing had happened")
  func same() throws {
    var whole = try training()
    for _ in 0..<5 { _ = try whole.next() }
    var forked = try training()
    let fork = try forked.fork(from: checkpoint())
    #expect(fork.settings.isEmpty && fork.data == nil && fork.dropped.isEmpty && fork.new.isEmpty && fork.epochs == 3)
    #expect(fork.kept.count == 4 && fork.optimized == fork.kept)
    #expect(try forked.next()?.number == 1)
    _ = try forked.next()
    #expect(forked.network.parameters == whole.network.parameters)
  }

  @Test("keep what fits, and say what does not")
  func changed() throws {
    var forked = try training(units: 3, optimizer: Adam(learningRate: 0.01))
    let fresh = forked.network.parameters
    let fork = try forked.fork(from: checkpoint())
    #expect(
      fork.settings == [
        SettingChange(path: "network.layers.0.units", old: "2", new: "3"),
        SettingChange(path: "training.optimizer.learning_rate", old: "0.1", new: "0.01"),
      ])
    #expect(fork.kept == ["layers.1.bias"] && fork.optimized == ["layers.1.bias"])
    #expect(fork.new == ["layers.0.weight [3, 2]", "layers.0.bias [3]", "layers.1.weight [1, 3]"])
    #expect(fork.dropped == ["layers.0.weight [2, 2]", "layers.0.bias [2]", "layers.1.weight [1, 2]"])
    #expect(forked.network.parameters.dropLast() == fresh.dropLast())
    #expect(try forked.network["layers.1.bias"] == checkpoint().model.network["layers.1.bias"])
    let lines = fork.description.split(separator: "\n")
    #expect(lines.first == "forked after 3 epochs; kept 1 of 4 tensors")
    #expect(lines.contains("  changed:   network.layers.0.units 2 → 3"))
    #expect(lines.last == "  new:       layers.0.weight [3, 2], layers.0.bias [3], layers.1.weight [1, 3]")
  }

  @Test("warn if hardly anything fits")
  func warning() throws {
    var same = try training()
    var other = try training(units: 50)
    #expect(try same.fork(from: checkpoint()).warning == nil)
    let fork = try other.fork(from: checkpoint())
    // Of 3 · 50 + 51 parameters, the bias of the output is kept.
    #expect(fork.share == 1 / 201.0)
    #expect(fork.warning?.what == "only 0.4975 % of the parameters could be kept from the checkpoint")
  }

  @Test("with another optimizer start with its own state")
  func optimizer() throws {
    var forked = try training(optimizer: RMSProp())
    let fork = try forked.fork(from: checkpoint())
    #expect(fork.settings == [SettingChange(path: "training.optimizer.type", old: "\"adam\"", new: "\"rmsprop\"")])
    #expect(fork.kept.count == 4 && fork.optimized.isEmpty)
    #expect(try forked.next() != nil)
  }

  /// The gradient is nearly constant, so every step of Adam is η if its moments are corrected for their number of updates. For a
  /// weight after five updates, counting from 1 again would give 1.92 η; for a new bias, counting on would give 0.52 η.
  @Test("count the updates of old and new tensors separately")
  func bias() throws {
    let rate: Float = 1e-4
    var first = try smallTraining(weight: [1], optimizer: Adam(learningRate: rate))
    for _ in 0..<5 { _ = try first.next() }
    var forked = try smallTraining(weight: [7], bias: 0, optimizer: Adam(learningRate: rate))
    let fork = try forked.fork(from: Checkpoint(first))
    #expect(fork.optimized == ["layers.0.weight"] && fork.new == ["layers.0.bias [1]"])
    let before = forked.network.parameters
    #expect(before == [first.network.parameters[0], 0])
    _ = try forked.next()
    for (old, new) in zip(before, forked.network.parameters) { #expect(abs((old - new) / rate - 1) < 0.01) }
  }

  @Test("can be resumed bit for bit")
  func resumed() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let origin = try checkpoint()
    var whole = try training(units: 3)
    try whole.fork(from: origin)
    _ = try whole.next()
    try Checkpoint(whole).write(to: path)
    _ = try whole.next()
    var rest = try training(units: 3)
    try rest.resume(from: Checkpoint(contentsOf: path, with: .standard))
    #expect(try rest.next()?.number == 2)
    #expect(rest.network.parameters == whole.network.parameters)

    // Its number of updates is that of each tensor.
    var file = try SafeTensors(contentsOf: path)
    let notes = try #require(file.metadata["glia.training"])
    for wrong in ["[1]", "[1, 2, 3, -1]", "[0, 0, 0, 9007199254740993]", "[0, 0, 0, 99999999999999999999]", "1"] {
      let start = try #require(notes.range(of: "\"earlier_updates\": "))
      let end = try #require(notes.range(of: "]", range: start.upperBound..<notes.endIndex))
      file.metadata["glia.training"] = notes.replacingCharacters(in: start.upperBound..<end.upperBound, with: wrong)
      try file.write(to: path)
      #expect(throws: GliaError.self) { try Checkpoint(contentsOf: path, with: .standard) }
    }
  }

  @Test("of a fork count all updates")
  func again() throws {
    var whole = try training()
    for _ in 0..<4 { _ = try whole.next() }
    var second = try training()
    try second.fork(from: checkpoint(after: 2))
    _ = try second.next()
    var third = try training()
    try third.fork(from: Checkpoint(second))
    _ = try third.next()
    #expect(third.network.parameters == whole.network.parameters)
  }

  @Test("begin before the first step")
  func begun() throws {
    let checkpoint = try checkpoint()
    var training = try training()
    _ = try training.next()
    var message = ""
    do { try training.fork(from: checkpoint) } catch { message = "\(error)" }
    #expect(message.contains("that has begun"))
  }
}

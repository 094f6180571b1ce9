import Foundation
import Glia
import Testing

@Suite("Logs of a training run")
final class LogTests: CallbackFolder {
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
}

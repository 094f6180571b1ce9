import GliaCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes `checkpoint-0010.safetensors` and the like after epochs, and `best.safetensors` after the best one so far.
///
/// Each is a model and can be resumed from; it has the weights after its epoch. With the first one that is written, files of
/// these names from later epochs than the training goes on from are removed: all of a former run's, or those that a resumed
/// training makes anew.
public struct Checkpoints: Callback {
  public static let name = "checkpoint"
  public static let aliases = ["model_checkpoint"]
  public static let summary = "writes the last models, and the best one, while training goes on"
  /// After how many epochs a file is written each time.
  public var every = 1
  /// How many of them are kept; with 0 only the best model is written.
  public var keep = 3
  /// Whether `best.safetensors` is written.
  public var best = true
  /// The column of the history that says which is best; nil for `validation_loss`, or `loss` without a validation part.
  public var monitor: String? = nil
  /// `min` or `max`, the direction of improvement; nil to infer it from the metric.
  public var mode: MonitorMode? = nil

  private var done = 0
  private var saved: [Int] = []
  private var bestValue: Double?
  /// What a former training left.
  private var outdated: [String] = []
  private enum CodingKeys: CodingKey { case every, keep, best, monitor, mode }
  private static let bestName = "best.safetensors"
  private static let (start, end) = ("checkpoint-", ".safetensors")

  /// The last three models and the best one.
  public init() {}
  /// The last `keep` models, one every so many epochs, and the best one by `monitor`.
  public init(every: Int = 1, keep: Int = 3, best: Bool = true, monitor: String? = nil, mode: MonitorMode? = nil) {
    (self.every, self.keep, self.best) = (every, keep, best)
    (self.monitor, self.mode) = (monitor, mode)
  }

  public var files: [String] { best ? [Self.bestName] : [] }

  public func validate() throws {
    try require(every >= 1, "every", every, expected: "a whole number of 1 or more")
    try require(keep >= 0, "keep", keep, expected: "a whole number of 0 or more")
    try require(keep > 0 || best, "keep", keep, expected: "1 or more unless the best model is written")
  }

  public var watched: Monitor? { best ? Monitor(column: monitor, mode: mode) : nil }
  public var keepsWeights: Bool { best }

  public func writes(_ file: String) -> Bool {
    best && file == Self.bestName || file.hasPrefix(Self.start) && file.hasSuffix(Self.end)
  }

  public mutating func trainingBegan(control: inout TrainingControl) throws {
    try AtomicFile.check(folder: control.path(""))
    outdated = try FileManager.default.contentsOfDirectory(atPath: control.path("")).filter { name in
      let number = name == Self.bestName ? Self.epoch(of: control.path(name)) : Self.number(of: name)
      return number.map { $0 > done } ?? false
    }
  }

  public mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    if control.isReplay { done = epoch.number }
    if keep > 0, epoch.number > 0, epoch.number % every == 0 {
      saved.append(epoch.number)
      let old = saved.dropLast(keep).map(Self.name)
      saved = saved.suffix(keep)
      save(Self.name(of: epoch.number), outdated: old, control: &control)
    }
    if best, let value = Monitor(column: monitor, mode: mode).improvement(epoch, over: bestValue) {
      bestValue = value
      save(Self.bestName, outdated: [], control: &control)
    }
  }

  /// Has a file written; what a former training left goes with the first one.
  private mutating func save(_ name: String, outdated old: [String], control: inout TrainingControl) {
    let outdated = control.isReplay ? old : old + self.outdated.filter { $0 != name }
    control.saveCheckpoint(to: control.path(name), outdated: outdated.map(control.path))
    if !control.isReplay { self.outdated = [] }
  }

  private static func name(of epoch: Int) -> String {
    start + String(repeating: "0", count: max(4 - "\(epoch)".count, 0)) + "\(epoch)" + end
  }

  /// The epoch that a file name of ours tells; nil for every other name.
  private static func number(of name: String) -> Int? {
    guard name.hasPrefix(start), name.hasSuffix(end) else { return nil }
    return Int(name.dropFirst(start.count).dropLast(end.count)).flatMap { Self.name(of: $0) == name ? $0 : nil }
  }

  /// The epoch after which a checkpoint was written; nil for every other file.
  private static func epoch(of path: String) -> Int? {
    let notes = (try? SafeTensors(contentsOf: path))?.metadata["glia.training"]
    return notes.flatMap { try? JSON(parsing: $0) }?["progress"]?["epoch"]?.int
  }
}

extension Callback where Self == Checkpoints {
  /// Writes the last `keep` models, one every so many epochs, and the best one by `monitor`.
  public static func checkpoint(
    every: Int = 1, keep: Int = 3, best: Bool = true, monitor: String? = nil, mode: MonitorMode? = nil
  ) -> Checkpoints { Checkpoints(every: every, keep: keep, best: best, monitor: monitor, mode: mode) }
}

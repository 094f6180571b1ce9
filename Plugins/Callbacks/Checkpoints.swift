import GliaCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Saves `checkpoint-0010.safetensors` and the like during training, and the best model so far as `best.safetensors`.
///
/// Each file is a model from which training can be resumed, with the weights after its epoch. When the first file is saved,
/// files with these names from later epochs are removed: all those of an earlier training, or those that a resumed training
/// will write again.
public struct Checkpoints: Callback {
  public static let name = "checkpoint"
  public static let aliases = ["model_checkpoint"]
  public static let summary = "saves the last models and the best one during training"
  /// The number of epochs between checkpoints.
  public var every = 1
  /// The number of checkpoints to keep; 0 saves only the best model.
  public var keep = 3
  /// Whether to save `best.safetensors`.
  public var best = true
  /// The history column that decides which model is best; nil for `validation_loss`, or `loss` if there is no validation data.
  public var monitor: String? = nil
  /// `min` or `max`, the direction of improvement; nil to infer it from the metric.
  public var mode: MonitorMode? = nil

  private var done = 0
  private var saved: [Int] = []
  private var bestValue: Double?
  /// Files of an earlier training.
  private var outdated: [String] = []
  private enum CodingKeys: CodingKey { case every, keep, best, monitor, mode }
  private static let bestName = "best.safetensors"
  private static let (start, end) = ("checkpoint-", ".safetensors")

  /// Creates a callback that keeps the last three models and the best one.
  public init() {}
  /// Creates a callback that saves every `every` epochs, keeps the last `keep` models, and keeps the best one by `monitor`.
  public init(every: Int = 1, keep: Int = 3, best: Bool = true, monitor: String? = nil, mode: MonitorMode? = nil) {
    (self.every, self.keep, self.best) = (every, keep, best)
    (self.monitor, self.mode) = (monitor, mode)
  }

  public var files: [String] { best ? [Self.bestName] : [] }

  public func validate() throws {
    try require(every >= 1, "every", every, expected: "a whole number of 1 or more")
    try require(keep >= 0, "keep", keep, expected: "a whole number of 0 or more")
    try require(keep > 0 || best, "keep", keep, expected: "1 or more unless the best model is saved")
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

  /// Saves a file; the first save also removes the files of an earlier training.
  private mutating func save(_ name: String, outdated old: [String], control: inout TrainingControl) {
    let outdated = control.isReplay ? old : old + self.outdated.filter { $0 != name }
    control.saveCheckpoint(to: control.path(name), outdated: outdated.map(control.path))
    if !control.isReplay { self.outdated = [] }
  }

  private static func name(of epoch: Int) -> String {
    start + String(repeating: "0", count: max(4 - "\(epoch)".count, 0)) + "\(epoch)" + end
  }

  /// The epoch in the name of a checkpoint; nil for any other name.
  private static func number(of name: String) -> Int? {
    guard name.hasPrefix(start), name.hasSuffix(end) else { return nil }
    return Int(name.dropFirst(start.count).dropLast(end.count)).flatMap { Self.name(of: $0) == name ? $0 : nil }
  }

  /// The epoch after which a checkpoint was saved; nil for any other file.
  private static func epoch(of path: String) -> Int? {
    let notes = (try? SafeTensors(contentsOf: path))?.metadata["glia.training"]
    return notes.flatMap { try? JSON(parsing: $0) }?["progress"]?["epoch"]?.int
  }
}

extension Callback where Self == Checkpoints {
  /// Saves every `every` epochs, keeping the last `keep` models and the best one by `monitor`.
  public static func checkpoint(
    every: Int = 1, keep: Int = 3, best: Bool = true, monitor: String? = nil, mode: MonitorMode? = nil
  ) -> Checkpoints { Checkpoints(every: every, keep: keep, best: best, monitor: monitor, mode: mode) }
}

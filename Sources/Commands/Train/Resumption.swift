import GliaCore

extension Checkpoint {
  /// Refuses a checkpoint of another experiment than `preparation`'s; only the number of epochs may grow.
  func check(fits preparation: Preparation) throws {
    let planned = preparation.model(of: preparation.network, classes: []).experiment
    let difference = try model.experiment.comparable.firstDifference(from: planned.comparable, at: "")
    if let difference {
      throw GliaError(
        "the checkpoint comes from another experiment: its \(difference.path) is \(difference.own), not \(difference.other)",
        at: "--resume", expected: "the same experiment; only the epochs may differ",
        remedy: "give the options of the first run again, or start anew with --initial-weights")
    }
  }
}

extension Experiment {
  /// The experiment as JSON, but for the number of epochs.
  fileprivate var comparable: JSON {
    get throws {
      var copy = self
      copy.training.epochs = TrainingSettings().epochs
      return try copy.json()
    }
  }
}

extension JSON {
  /// Where two values first differ, and how.
  func firstDifference(from other: JSON, at path: String) -> (path: String, own: String, other: String)? {
    switch (self, other) {
    case (.object(let own), .object(let others)):
      let keys = own.keys + others.keys.filter { own[$0] == nil }
      for key in keys where own[key] != others[key] {
        return (own[key] ?? .null).firstDifference(from: others[key] ?? .null, at: Spelling.path(path, key))
      }
      return nil
    case (.array(let own), .array(let others)) where own.count == others.count:
      for (index, pair) in zip(own, others).enumerated() where pair.0 != pair.1 {
        return pair.0.firstDifference(from: pair.1, at: Spelling.path(path, "\(index)"))
      }
      return nil
    default:
      return self == other ? nil : (path, compact.excerpt, other.compact.excerpt)
    }
  }
}

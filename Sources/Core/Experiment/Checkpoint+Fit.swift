extension Checkpoint {
  /// Refuses a checkpoint of another experiment or of other data; the number of epochs may differ, and so may the places of
  /// files, and the experiment's name.
  ///
  /// - Parameters:
  ///   - experiment: what is to be gone on with.
  ///   - data: what is learned from.
  func requireSame(_ experiment: Experiment, _ data: LearnedData) throws {
    var (own, other) = (model.experiment, experiment)
    // Data that were put together in Swift have no description.
    if own.data == nil || other.data == nil { (own.data, other.data, own.split, other.split) = (nil, nil, nil, nil) }
    if let difference = try own.comparable.firstDifference(from: other.comparable, at: "") {
      throw GliaError(
        "the checkpoint comes from another experiment: its \(difference.path) is \(difference.own), not \(difference.other)",
        at: "checkpoint", expected: "the same experiment; only the epochs may differ",
        remedy: "give the settings of the first run again, or start anew from its weights")
    }
    // What is drawn from a seed is known by its description; its last bits may be another machine's.
    let isDrawn = try own.data != nil && own.relative(to: "/").json() == own.relative(to: "/elsewhere").json()
    if let difference = self.data?.difference(from: data, isDrawn: isDrawn) {
      throw GliaError(
        "the checkpoint was made with other data: \(difference)", at: "checkpoint",
        expected: "the data that its training began with, wherever they lie",
        remedy: "use those data, or start anew from the checkpoint's weights")
    }
  }
}

extension Experiment {
  /// The experiment as JSON, but for the number of epochs, its name, and where files lie.
  fileprivate var comparable: JSON {
    get throws {
      var copy = self
      copy.training.epochs = TrainingSettings().epochs
      copy.name = ""
      // Only paths look different from different folders.
      return try copy.relative(to: "/").json().common(with: copy.relative(to: "/elsewhere").json())
    }
  }
}

extension JSON {
  /// The value with null in every place where `other` differs.
  fileprivate func common(with other: JSON) -> JSON {
    switch (self, other) {
    case (.object(var own), .object(let others)):
      for key in own.keys { own[key] = (own[key] ?? .null).common(with: others[key] ?? .null) }
      return .object(own)
    case (.array(let own), .array(let others)) where own.count == others.count:
      return .array(zip(own, others).map { $0.common(with: $1) })
    default: return self == other ? self : .null
    }
  }

  /// Where two values first differ, and how.
  fileprivate func firstDifference(from other: JSON, at path: String) -> (path: String, own: String, other: String)? {
    switch (self, other) {
    case (.object(let own), .object(let others)):
      for key in own.keys.union(others.keys) where own[key] != others[key] {
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

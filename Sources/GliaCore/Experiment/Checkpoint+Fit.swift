extension Checkpoint {
  /// Throws if the checkpoint belongs to another experiment or to other data; the number of epochs, the locations of files and
  /// the experiment's name may differ.
  ///
  /// - Parameters:
  ///   - experiment: the experiment to resume.
  ///   - data: the training data.
  func requireSame(_ experiment: Experiment, _ data: LearnedData) throws {
    var (own, other) = (model.experiment, experiment)
    // Data created in Swift have no description.
    if own.data == nil || other.data == nil { (own.data, other.data, own.split, other.split) = (nil, nil, nil, nil) }
    if let difference = try own.comparable.firstDifference(from: other.comparable, at: "") {
      throw GliaError(
        "the checkpoint belongs to another experiment: its \(difference.path) is \(difference.own), not \(difference.other)",
        at: "checkpoint", expected: "the same experiment; only the number of epochs may differ",
        remedy: "use the settings of the first run, or start a new training from its weights")
    }
    // Data drawn from a seed are identified by their description, because the last bits may differ between machines.
    let isDrawn = try own.data != nil && own.relative(to: "/").json() == own.relative(to: "/elsewhere").json()
    if let difference = self.data?.difference(from: data, isDrawn: isDrawn) {
      throw GliaError(
        "the checkpoint was made with other data: \(difference)", at: "checkpoint",
        expected: "the data with which its training began, in any location",
        remedy: "use those data, or start a new training from the checkpoint's weights")
    }
  }
}

extension Experiment {
  /// The experiment as JSON, without the number of epochs, its name, and the locations of files.
  fileprivate var comparable: JSON {
    get throws {
      var copy = self
      copy.training.epochs = TrainingSettings().epochs
      copy.name = ""
      // Only paths differ when seen from different folders.
      return try copy.relative(to: "/").json().common(with: copy.relative(to: "/elsewhere").json())
    }
  }
}

extension JSON {
  /// Returns the value with null wherever `other` differs.
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

  /// Returns the first difference between two values, and its path.
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

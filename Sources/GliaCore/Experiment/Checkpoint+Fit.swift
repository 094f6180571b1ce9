extension Checkpoint {
  /// Throws if the checkpoint belongs to another experiment or to other data; the number of epochs, the locations of files and
  /// the experiment's name may differ.
  ///
  /// - Parameters:
  ///   - experiment: the experiment to resume.
  ///   - data: the training data.
  func requireSame(_ experiment: Experiment, _ data: LearnedData) throws {
    var (own, other) = comparable(with: experiment)
    own.training.epochs = other.training.epochs
    if let difference = try own.differences(from: other).first {
      throw GliaError(
        "the checkpoint belongs to another experiment: its \(difference.path) is \(difference.old), not \(difference.new)",
        at: "checkpoint", expected: "the same experiment; only the number of epochs may differ",
        remedy: "use the settings of the first run; if you change them on purpose, \(Self.forkHint)")
    }
    if let difference = try difference(from: data, own) {
      throw GliaError(
        "the checkpoint was made with other data: \(difference)", at: "checkpoint",
        expected: "the data with which its training began, in any location",
        remedy: "use those data; if you change them on purpose, \(Self.forkHint)")
    }
  }

  private static let forkHint = "use --fork instead of --resume (in Swift, Training.fork(from:))"

  /// The checkpoint's experiment and another one, both without their data if one of them was created in Swift and does not
  /// describe them.
  func comparable(with experiment: Experiment) -> (own: Experiment, other: Experiment) {
    var (own, other) = (model.experiment, experiment)
    if own.data == nil || other.data == nil { (own.data, other.data, own.split, other.split) = (nil, nil, nil, nil) }
    return (own, other)
  }

  /// Describes how the checkpoint's data differ from `data`; nil if they are the same, or not known.
  func difference(from data: LearnedData, _ own: Experiment) throws -> String? {
    // Data drawn from a seed are identified by their description, because the last bits may differ between machines.
    let isDrawn = try own.data != nil && own.relative(to: "/").json() == own.relative(to: "/elsewhere").json()
    return self.data?.difference(from: data, isDrawn: isDrawn)
  }
}

extension Experiment {
  /// Returns the settings that differ, without the name and the locations of files.
  func differences(from other: Experiment) throws -> [SettingChange] {
    try comparable.differences(from: other.comparable, at: "")
  }

  /// The experiment as JSON, without its name and the locations of files.
  private var comparable: JSON {
    get throws {
      var copy = self
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
}

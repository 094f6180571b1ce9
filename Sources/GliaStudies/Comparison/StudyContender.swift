import GliaCore
import GliaSearch

/// An optimizer in a comparison, with the settings that are tuned.
public struct StudyContender: Sendable {
  /// The name in tables and pictures, such as `adam`, or `adam lr 0.01` for a given rate.
  public let name: String
  /// The optimizer with its settings before tuning.
  public let optimizer: any Optimizer
  /// The settings to tune, by their paths in an experiment; nil if there are none.
  public let space: SearchSpace?

  /// Creates a contender that is tuned over the usual ranges of its settings, `Optimizer.tuning`.
  ///
  /// - Parameters:
  ///   - optimizer: the optimizer.
  ///   - name: its name; that of the component by default.
  ///   - fixed: settings that are given, and so are not tuned, such as `learning_rate`.
  /// - Throws: `GliaError` if a range of the optimizer is invalid.
  public init(_ optimizer: any Optimizer, name: String? = nil, fixed: Set<String> = []) throws {
    self.optimizer = optimizer
    self.name = name ?? type(of: optimizer).name
    let tuned = type(of: optimizer).tuning.filter { !fixed.contains($0.key) }
    let dimensions = try tuned.map { setting, range in
      try SearchDimension(parsing: "training.optimizer.\(setting)=\(range)")
    }
    space = dimensions.isEmpty ? nil : try SearchSpace(dimensions)
  }
}

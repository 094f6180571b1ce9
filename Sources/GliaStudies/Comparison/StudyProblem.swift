import GliaCore

/// A problem on which optimizers are compared: an experiment, with a value that counts as solved.
public struct StudyProblem: Sendable {
  /// The name in tables and pictures.
  public var name: String
  /// The experiment; its optimizer is replaced by each contender.
  public var experiment: Experiment
  /// The value of the objective at which the problem counts as solved; nil if there is none.
  public var target: Double?

  /// Creates a problem.
  public init(_ experiment: Experiment, name: String? = nil, target: Double? = nil) {
    (self.name, self.experiment, self.target) = (name ?? experiment.name, experiment, target)
  }
}

import ArgumentParser
import Glia
import GliaStudies

/// The value of `--budget`: a number of optimizer steps, or of seconds.
enum StudyBudget: ExpressibleByArgument, Hashable {
  case steps(Int)
  case seconds(Double)

  init?(argument: String) {
    if argument.hasSuffix("s"), let seconds = Double(argument.dropLast()), seconds > 0, seconds <= 1e7 {
      self = .seconds(seconds)
    } else {
      guard let steps = Int(argument), 1...1_000_000_000_000 ~= steps else { return nil }
      self = .steps(steps)
    }
  }

  /// Limits the runs of a study.
  func limit(_ study: inout OptimizerStudy) { if case .steps(let steps) = self { study.steps = steps } }

  /// Returns the experiment with runs of this length, if it is a time.
  func applied(to experiment: Experiment) -> Experiment {
    guard case .seconds(let seconds) = self else { return experiment }
    var limited = experiment
    limited.training.epochs = 1_000_000_000
    limited.training.callbacks.append(TimeLimit(seconds: seconds))
    return limited
  }

  /// The budget in words, such as `2,000 steps`.
  var text: String {
    switch self {
    case .steps(let steps): steps.counted("step")
    case .seconds(let seconds): "\(seconds.brief) s"
    }
  }
}

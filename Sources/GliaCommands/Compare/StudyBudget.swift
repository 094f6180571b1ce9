import ArgumentParser
import Glia

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

  /// Returns the experiment with runs of this length: as many whole epochs as are needed for the steps.
  func applied(to experiment: Experiment, samples: Int) -> Experiment {
    var limited = experiment
    switch self {
    case .steps(let steps):
      let batch = max(min(experiment.training.batchSize, samples), 1)
      let each = max((samples - 1) / batch + 1, 1)
      limited.training.epochs = min(max((steps - 1) / each + 1, 1), 1_000_000_000)
    case .seconds(let seconds):
      limited.training.epochs = 1_000_000_000
      limited.training.callbacks.append(TimeLimit(seconds: seconds))
    }
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

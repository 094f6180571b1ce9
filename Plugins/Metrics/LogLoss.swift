import GliaCore
import RealModule

/// The mean negative log-likelihood of the true class: -1/n Σ ln p.
///
/// If the loss is computed from logits, so is this metric, without clipping; otherwise, probabilities are clipped to
/// [1e-7, 1 - 1e-7]. With several labels per sample, it is averaged over the labels. If an output is not a probability, the
/// metric is NaN.
public struct LogLoss: Metric {
  public static let name = "log_loss"
  public static let aliases = ["logloss"]
  public static let summary = "the mean negative log-likelihood of the true class"
  public var higherIsBetter: Bool { false }
  /// Creates a log loss metric.
  public init() {}

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    try requireProbabilities(encoding, instead: "use mean_squared_error instead")
  }

  public func value(of predictions: Predictions) -> Double {
    let width = predictions.width
    return predictions.mean { row in
      switch predictions.encoding {
      case .values, .binary:
        (row * width..<(row + 1) * width).reduce(0) { $0 + surprise(predictions, $1) } / Double(width)
      case .oneHot, .index: surprise(predictions, row: row)
      }
    }
  }

  /// Returns the negative log-likelihood of a binary target: softplus(z) - t z, or from the clipped probability.
  private func surprise(_ predictions: Predictions, _ i: Int) -> Double {
    let target = Double(predictions.targets[i])
    if predictions.link == .logistic, let z = predictions.logits.map({ Double($0[i]) }) {
      return max(z, 0) - target * z + Double.log(onePlus: Double.exp(-abs(z)))
    }
    let probability = clipped(predictions.outputs[i])
    return (target == 0 ? 0 : -target * .log(probability)) - (target == 1 ? 0 : (1 - target) * .log(1 - probability))
  }

  /// Returns the negative log-likelihood of one of several classes: ln Σ exp z - z, or from the clipped probability.
  private func surprise(_ predictions: Predictions, row: Int) -> Double {
    let columns = row * predictions.width..<(row + 1) * predictions.width
    var surprises: (Int) -> Double = { -Double.log(clipped(predictions.outputs[$0])) }
    if predictions.link == .softmax, let logits = predictions.logits {
      let most = columns.reduce(-Double.infinity) { max($0, Double(logits[$1])) }
      let total = most + Double.log(columns.reduce(0) { $0 + Double.exp(Double(logits[$1]) - most) })
      surprises = { total - Double(logits[$0]) }
    } else if columns.contains(where: { clipped(predictions.outputs[$0]).isNaN }) {
      return .nan
    }
    return columns.reduce(0) { sum, i in
      let target =
        predictions.encoding == .index
        ? predictions.targets[row] == Float(i - columns.lowerBound) ? 1 : 0 : Double(predictions.targets[i])
      return target == 0 ? sum : sum + target * surprises(i)
    }
  }

  /// Returns the probability clipped to [1e-7, 1 - 1e-7]; NaN if the output is not a probability.
  private func clipped(_ output: Float) -> Double {
    let probability = Double(output)
    guard probability > -Self.rounding, probability < 1 + Self.rounding else { return .nan }
    return min(max(probability, 1e-7), 1 - 1e-7)
  }

  /// The tolerance for probabilities that rounding in single precision moves outside [0, 1].
  private static let rounding = 1e-6
}

extension Metric where Self == LogLoss {
  /// The mean negative log-likelihood of the true class.
  public static var logLoss: LogLoss { LogLoss() }
}

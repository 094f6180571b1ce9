import Foundation
import Glia

/// The sizes of a network and of its training that suit the size of a table.
///
/// They were chosen by results on the tables of `Examples/Tables` and on generated ones. There, a fixed number of epochs with
/// a falling learning rate and an L2 penalty gave better results than early stopping on most tables of fewer than 1,000
/// rows: the rows that choose the epoch are missing for training.
struct StartingTraining {
  /// The number of units of each of the two hidden layers.
  let units: Int
  /// The strength of the L2 penalty: constant × 1 / rows, as in a Bayesian network whose prior does not depend on the data
  /// (MacKay, 1992).
  let penalty: Double
  /// The fraction of hidden units that dropout sets to zero.
  let dropout: Double
  /// The number of epochs.
  let epochs: Int
  /// The number of samples per training step.
  let batchSize: Int
  /// The learning rate of the first step.
  let rate = 0.003

  /// Chooses the sizes for a number of training rows and features.
  init(rows: Int, features: Int, isRegression: Bool) {
    let rows = max(rows, 1)
    units = rows < 500 ? 64 : rows < 50_000 ? 128 : 256
    let strength = min((isRegression ? 4 : 3) / Double(rows), 0.1)
    penalty = Double(String(format: "%.1g", strength)) ?? strength
    dropout = !isRegression && rows >= 500 && features >= 20 ? 0.2 : 0
    epochs = min(max(30_000 / rows, 20), 200)
    batchSize = rows < 400 ? 16 : rows < 10_000 ? 32 : 128
  }

  /// The layers of a network with the output layer given.
  func layers(units outputs: Int, activation: String) -> JSON {
    func dense(_ units: Int, _ activation: String) -> JSON {
      [
        "type": "dense", "units": JSON(units), "activation": .string(activation),
        "regularizer": ["type": "l2", "strength": JSON(penalty)],
      ]
    }
    let hidden = [dense(units, "relu")] + (dropout > 0 ? [["type": "dropout", "rate": JSON(dropout)]] : [])
    return .array(hidden + hidden + [dense(outputs, activation)])
  }

  /// The training for a loss.
  func training(loss: String, metrics: JSON) -> JSON {
    [
      "loss": .string(loss), "optimizer": ["type": "adam", "learning_rate": JSON(rate)],
      "schedule": ["type": "cosine", "steps": JSON(epochs), "per": "epoch"], "epochs": JSON(epochs),
      "batch_size": JSON(batchSize), "metrics": metrics,
    ]
  }

  /// Why each setting is as it is.
  func reasons(rows: Int, features: Int) -> [(setting: String, why: String)] {
    var reasons = [
      (
        "network.layers",
        "two hidden layers of \(units) units for \(rows.counted("row")) and \(features.counted("feature"))"
      ),
      ("regularizer", "an L2 penalty of \(penalty) against overfitting: the fewer rows, the stronger"),
    ]
    if dropout > 0 {
      reasons.append(
        ("dropout", "with \(features.grouped) features, dropout keeps units from relying on single others"))
    }
    reasons += [
      ("training.optimizer", "Adam, with batches of \(batchSize)"),
      (
        "training.schedule",
        "the learning rate falls from \(rate) to 0 over all epochs; change steps along with epochs"
      ),
      (
        "training.epochs",
        "\(epochs.counted("epoch")) without early stopping, for which fewer rows would train"
      ),
    ]
    return reasons
  }
}

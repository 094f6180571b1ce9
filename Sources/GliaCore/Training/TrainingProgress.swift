/// The progress of a training, down to the samples of the current epoch.
struct TrainingProgress: Codable, Hashable, Sendable {
  /// The number of complete epochs.
  var epoch = 0
  /// The number of batches so far.
  var step = 0
  /// The number of updates so far.
  var updates = 0
  /// The number of samples seen in the current epoch.
  var sample = 0
  /// The sum of their losses.
  var loss = 0.0
  /// The sum of the penalties, each weighted by its batch.
  var penalty = 0.0
  /// The seconds spent on the current epoch before it was interrupted.
  var seconds = 0.0
  /// The learning rate of the last step.
  var learningRate = 0.0

  mutating func beginEpoch() {
    epoch += 1
    (sample, loss, penalty, seconds) = (0, 0, 0, 0)
  }
}

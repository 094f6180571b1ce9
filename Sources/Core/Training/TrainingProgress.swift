/// How far a training has come, down to the samples of the current epoch.
struct TrainingProgress: Codable, Hashable, Sendable {
  /// How many epochs are complete.
  var epoch = 0
  /// How many batches have been passed.
  var step = 0
  /// How many updates have been made of them.
  var updates = 0
  /// How many samples of the current epoch have been seen.
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

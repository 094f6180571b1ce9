import GliaCore

/// Predictions, with targets in the form that a loss expects.
struct LossSamples {
  var prediction: [Float]
  private(set) var target: [Float]
  let rows: Int
  let width: Int

  /// The number of target values per sample.
  var targetWidth: Int { target.count / rows }

  /// The distribution of the predictions.
  enum Range { case probabilities, wide }

  /// Creates `rows` random samples of `width` outputs.
  ///
  /// - Parameter targets: the number of targets per sample if they are numbers; nil for one per output.
  init(_ encoding: TargetEncoding, range: Range, rows: Int, width: Int, targets: Int? = nil, seed: UInt64) {
    var random = Random(seed: seed)
    (self.rows, self.width) = (rows, width)
    switch encoding {
    case .values: target = random.points(rows * (targets ?? width), 0.25, 0.75)
    case .binary(let negative, let positive):
      target = (0..<rows * width).map { _ in random.next() & 1 == 0 ? negative : positive }
    case .oneHot:
      target = (0..<rows).flatMap { _ in
        let right = random.below(width)
        return (0..<width).map { $0 == right ? Float(1) : 0 }
      }
    case .index: target = (0..<rows).map { _ in Float(random.below(width)) }
    }
    prediction = range == .wide ? random.points(rows * width, -3, 3) : random.points(rows * width, 0.25, 0.75)
  }

  /// The same samples, with targets that sum to 1 in each row.
  var normalized: LossSamples {
    var samples = self
    samples.target = target.normalized(width: targetWidth)
    return samples
  }

  /// The sample in row `index`.
  func row(_ index: Int) -> (prediction: [Float], target: [Float]) {
    (prediction.row(index, width: width), target.row(index, width: targetWidth))
  }
}

extension [Float] {
  /// Each row divided by its sum.
  func normalized(width: Int) -> [Float] {
    indices.map { i in self[i] / row(i / width, width: width).reduce(0, +) }
  }
}

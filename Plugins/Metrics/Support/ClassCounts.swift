import GliaCore

/// The weighted numbers of true positives, predictions and samples per class; in multi-label classification, each label is a
/// class.
struct ClassCounts {
  private(set) var hits: [Double]
  private(set) var predicted: [Double]
  private(set) var actual: [Double]
  /// Whether each sample has several labels.
  let isMultiLabel: Bool

  /// Creates the counts for the given predictions.
  init(_ predictions: Predictions) {
    isMultiLabel = predictions.isMultiLabel
    let none = [Double](repeating: 0, count: predictions.classCount)
    (hits, predicted, actual) = (none, none, none)
    let (width, threshold, rule) = (predictions.width, predictions.encoding.threshold, predictions.rule)
    for row in 0..<predictions.rows {
      let weight = predictions.weight(row)
      if isMultiLabel {
        for label in 0..<width {
          let place = row * width + label
          count(
            label, weight, isPredicted: rule.isPositive(predictions.outputs[place]),
            isActual: predictions.targets[place] > threshold)
        }
      } else {
        let (guess, right) = (predictions.predictedClass(row), predictions.targetClass(row))
        if let guess { count(guess, weight, isPredicted: true, isActual: guess == right) }
        if guess != right, actual.indices.contains(right) { count(right, weight, isPredicted: false, isActual: true) }
      }
    }
  }

  private mutating func count(_ index: Int, _ weight: Double, isPredicted: Bool, isActual: Bool) {
    if isPredicted { predicted[index] += weight }
    if isActual { actual[index] += weight }
    if isPredicted && isActual { hits[index] += weight }
  }

  /// The classes that occur among the targets or predictions; in multi-label classification, all labels.
  var occurring: [Int] { hits.indices.filter { isMultiLabel || predicted[$0] + actual[$0] > 0 } }
}

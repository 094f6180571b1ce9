import GliaCore

/// How often each class is predicted rightly, predicted, and true; of several labels a sample each is a class.
struct ClassCounts {
  private(set) var hits: [Int]
  private(set) var predicted: [Int]
  private(set) var actual: [Int]
  /// Whether samples have several labels.
  let isMultiLabel: Bool

  init(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) {
    let width = predictions.count / rows
    isMultiLabel = encoding.isMultiLabel(width: width)
    let none = [Int](repeating: 0, count: encoding.classCount(width: width))
    (hits, predicted, actual) = (none, none, none)
    if isMultiLabel {
      let threshold = encoding.threshold
      for i in predictions.indices {
        let (guess, right) = (predictions[i] > threshold, targets[i] > threshold)
        count(i % width, isPredicted: guess, isActual: right)
      }
    } else {
      for row in 0..<rows {
        let guess = predictions.predictedClass(row: row, width: width, encoding: encoding)
        let right = targets.targetClass(row: row, width: width, encoding: encoding)
        count(guess, isPredicted: true, isActual: guess == right)
        if guess != right, actual.indices.contains(right) { count(right, isPredicted: false, isActual: true) }
      }
    }
  }

  private mutating func count(_ index: Int, isPredicted: Bool, isActual: Bool) {
    if isPredicted { predicted[index] += 1 }
    if isActual { actual[index] += 1 }
    if isPredicted && isActual { hits[index] += 1 }
  }

  /// The classes that occur among targets or predictions; of several labels all.
  var occurring: [Int] { hits.indices.filter { isMultiLabel || predicted[$0] + actual[$0] > 0 } }
}

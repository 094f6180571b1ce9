import RealModule

/// Several predictions for each sample: of the members of an ensemble, or of passes with random dropout.
///
/// Their mean is the prediction; their spread is the uncertainty about the network.
public struct PredictionSamples: Sendable {
  /// The predictions: samples × predictions per sample × the shape of an output.
  public let values: Tensor
  /// The number of predictions per sample.
  public var count: Int { values.shape[1] }
  private let output: [Int]
  private var width: Int { output.reduce(1, *) }

  /// Creates the predictions of several networks for the same samples; throws unless all have the same shape.
  public init(_ predictions: [Tensor]) throws {
    guard let first = predictions.first, predictions.allSatisfy({ $0.shape == first.shape }) else {
      throw GliaError(
        "predictions of shapes \(predictions.prefix(8).map(\.shape))", expected: "at least one, all of the same shape")
    }
    let numbers = try Memory.require(
      [predictions.count, first.values.count], for: "\(predictions.count) predictions for \(first.rows) samples",
      share: 0.2, remedy: "predict fewer samples at once")
    var values: [Float] = []
    values.reserveCapacity(numbers)
    for row in 0..<first.rows { for prediction in predictions { values += prediction[row: row] } }
    self.init(
      unchecked: Tensor(unchecked: [first.rows, predictions.count] + first.sampleShape, values),
      shape: first.sampleShape)
  }

  /// Creates predictions whose tensor is known to begin with the axes of samples and predictions.
  init(unchecked values: Tensor, shape output: [Int]) { (self.values, self.output) = (values, output) }

  /// The mean prediction of each sample.
  public var mean: Tensor { reduced(Self.mean) }

  /// The standard deviation of each sample's predictions around their mean, as of a mixture (divisor n).
  public var deviation: Tensor {
    reduced { numbers in
      let mean = Self.mean(numbers)
      return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)).squareRoot()
    }
  }

  /// The predictive entropy of each sample in nats, H(p̄) = -Σ p̄ ln p̄ for the mean probabilities p̄.
  ///
  /// - Parameter areExclusive: whether the outputs are the probabilities of exclusive classes; a single output, or independent
  ///   labels, are each the probability of one of two classes, and the entropies of labels are added.
  public func entropy(areExclusive: Bool) -> [Double] {
    let mean = mean
    return (0..<mean.rows).map { Self.entropy(mean[row: $0], areExclusive) }
  }

  /// The mutual information between each sample's class and the network in nats, I = H(p̄) - mean of H(p): the part of the
  /// entropy that comes from the disagreement of the predictions p, and that more data could remove.
  ///
  /// Source: Houlsby, Huszár, Ghahramani and Lengyel, "Bayesian active learning for classification and preference learning"
  /// (2011).
  ///
  /// - Parameter areExclusive: as for ``entropy(areExclusive:)``.
  public func mutualInformation(areExclusive: Bool) -> [Double] {
    entropy(areExclusive: areExclusive).enumerated().map { row, whole in
      let numbers = values[row: row]
      let inner = stride(from: numbers.startIndex, to: numbers.endIndex, by: max(width, 1)).reduce(0.0) {
        $0 + Self.entropy(numbers[$1..<$1 + width], areExclusive)
      }
      // Rounding may make the difference slightly negative.
      return max(whole - inner / Double(count), 0)
    }
  }

  /// Returns the transformed predictions, for example in another unit.
  func map(_ transform: ([Float]) -> [Float]) -> PredictionSamples {
    PredictionSamples(unchecked: Tensor(unchecked: values.shape, transform(values.values)), shape: output)
  }

  /// Returns a statistic of each number over the predictions of each sample.
  private func reduced(_ statistic: ([Double]) -> Double) -> Tensor {
    let (numbers, width) = (values.values, width)
    var results: [Float] = []
    results.reserveCapacity(values.rows * width)
    for row in 0..<values.rows {
      for column in 0..<width {
        results.append(Float(statistic((0..<count).map { Double(numbers[(row * count + $0) * width + column]) })))
      }
    }
    return Tensor(unchecked: [values.rows] + output, results)
  }

  /// The mean, which is exact for equal numbers.
  private static func mean(_ numbers: [Double]) -> Double {
    let first = numbers.first ?? 0
    return first + numbers.reduce(0) { $0 + ($1 - first) } / Double(numbers.count)
  }

  private static func entropy(_ probabilities: ArraySlice<Float>, _ areExclusive: Bool) -> Double {
    func term(_ p: Double) -> Double { p > 0 ? -p * Double.log(p) : 0 }
    return probabilities.reduce(0) { sum, number in
      let p = min(max(Double(number), 0), 1)
      return sum + term(p) + (areExclusive && probabilities.count > 1 ? 0 : term(1 - p))
    }
  }
}

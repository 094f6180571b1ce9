import GliaCore

/// A loss that can weight samples by class; the sum is still divided by the number of samples.
protocol ClassWeighted: Loss {
  /// The weights of the classes, in class order; nil for equal weights.
  var classWeights: ClassWeights? { get set }
}

extension ClassWeighted {
  /// Whether the weights are to be computed from the training part.
  public var balancesClasses: Bool { classWeights == .balanced }

  /// Returns the same loss with the given weights.
  public func weightingClasses(by weights: [Float]) -> any Loss {
    var weighted = self
    weighted.classWeights = .values(weights)
    return weighted
  }

  /// Throws unless the weights are finite and non-negative, with at least one above 0.
  func validateClassWeights() throws {
    guard let weights = classWeights?.values else { return }
    try require(
      weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.contains { $0 > 0 }, "class_weights", weights,
      expected: "finite numbers of 0 or more, not all 0; or \"balanced\"")
  }

  /// Throws unless there is one weight per class.
  func checkClassWeights(classes: Int) throws {
    guard let weights = classWeights?.values, weights.count != classes else { return }
    throw GliaError(
      "\(Self.name) got \(weights.count) class weights for \(classes) classes", at: "class_weights",
      expected: "one weight per class, in class order", remedy: "give \(classes) weights, \"balanced\", or none")
  }

  /// Throws unless there are one output per class and one index per sample.
  func requireIndices(outputs: Int, targets: Int, classes: Int) throws {
    guard targets == 1, outputs == classes || classes == 0 else {
      throw GliaError(
        "\(Self.name) got \(outputs.counted("output")) for \(classes) classes", at: "network.layers",
        expected: "one output per class",
        remedy: "give the last layer \(classes) units")
    }
  }

  /// Returns the weight of a class; NaN for an index out of range, and before weights are balanced, which makes the error
  /// visible.
  func weight(ofClass index: Int) -> Float {
    guard let classWeights else { return 1 }
    guard let weights = classWeights.values, weights.indices.contains(index) else { return .nan }
    return weights[index]
  }

  /// Returns the mean loss, with each sample weighted by its class weight and its sample weight.
  ///
  /// Samples are evaluated one at a time, so no memory is needed for the products of the weights.
  func evaluateByClass(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    var plain = self
    plain.classWeights = nil
    let rows = prediction.rows
    var total = 0.0
    for i in 0..<rows {
      let own = target.row(i)
      let weight = weight(ofClass: targetEncoding == .index ? Int(exactly: own[0]) ?? -1 : own.indexOfLargest)
      let factor = weight * (weights?[i] ?? 1)
      let slopes = gradient?.row(i)
      let value = plain.evaluate(prediction.row(i), own, weights: nil, gradient: slopes)
      total += Double(factor) * Double(value)
      if let slopes { slopes.assign(slopes.view, times: factor / Float(rows)) }
    }
    return Float(total / Double(rows))
  }
}

extension TensorView<Float> {
  /// The index of the largest number, the first one in case of a tie.
  fileprivate var indexOfLargest: Int {
    var best = 0
    for i in indices where self[i] > self[best] { best = i }
    return best
  }
}

extension [JSON] {
  /// Example settings with class weights for four classes.
  static var classWeights: [JSON] {
    [["class_weights": [0.5, 3, 0, 1.5]], ["class_weights": [2, 0.5, 1, 3], "label_smoothing": 0.125]]
  }
}

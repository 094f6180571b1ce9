import GliaCore

/// A loss that can weight each sample by a weight of its class; the mean still divides by the number of samples.
protocol ClassWeighted: Loss {
  /// One weight per class, in class order; nil for equal weights.
  var classWeights: [Float]? { get set }
}

extension ClassWeighted {
  func validateClassWeights() throws {
    guard let classWeights else { return }
    try require(
      classWeights.allSatisfy { $0 >= 0 && $0.isFinite } && classWeights.contains { $0 > 0 }, "class_weights",
      classWeights, expected: "numbers of 0 or more, not all 0")
  }

  func checkClassWeights(classes: Int) throws {
    guard let classWeights, classWeights.count != classes else { return }
    throw GliaError(
      "\(Self.name) got \(classWeights.count) class weights for \(classes) classes", at: "class_weights",
      expected: "one weight a class, in the order of the classes", remedy: "give \(classes) weights, or none")
  }

  /// Throws unless there are one output per class and one index per sample.
  func requireIndices(outputs: Int, targets: Int, classes: Int) throws {
    guard targets == 1, outputs == classes || classes == 0 else {
      throw GliaError(
        "\(Self.name) got \(outputs) outputs for \(classes) classes", at: "network.layers",
        expected: "one output a class",
        remedy: "give the last layer \(classes) units")
    }
  }

  /// The weight of a class; NaN, which shows, for one that there is not.
  func weight(ofClass index: Int) -> Float {
    guard let classWeights else { return 1 }
    return classWeights.indices.contains(index) ? classWeights[index] : .nan
  }

  /// The mean of the samples' terms, each times the weight of its class and its own: sample by sample, so that no memory is
  /// taken for the products.
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
  /// Where the first of the largest numbers stands.
  fileprivate var indexOfLargest: Int {
    var best = 0
    for i in indices where self[i] > self[best] { best = i }
    return best
  }
}

extension [JSON] {
  /// Examples of settings with a weight for each of four classes.
  static var classWeights: [JSON] {
    [["class_weights": [0.5, 3, 0, 1.5]], ["class_weights": [2, 0.5, 1, 3], "label_smoothing": 0.125]]
  }
}

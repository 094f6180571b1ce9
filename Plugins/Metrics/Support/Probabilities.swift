import GliaCore

extension Metric {
  /// Throws unless targets are classes and outputs their probabilities.
  func requireProbabilities(_ encoding: TargetEncoding, instead remedy: String) throws {
    try requireClasses(encoding, instead: remedy)
    guard case .binary(let negative, let positive) = encoding, (negative, positive) != (0, 1) else { return }
    throw GliaError(
      "\(Self.name) requires probabilities, but the classes are \(negative) and \(positive)",
      expected: "probabilities", remedy: "use accuracy or roc_auc, or train with binary_crossentropy")
  }
}

extension Predictions {
  /// Returns an output as a probability from 0 to 1; NaN if it is not one.
  func probability(_ place: Int) -> Double {
    let probability = Double(outputs[place])
    // Rounding in single precision may move probabilities slightly outside of [0, 1].
    guard probability > -1e-6, probability < 1 + 1e-6 else { return .nan }
    return min(max(probability, 0), 1)
  }

  /// Returns whether the sample `row` is of the class, or has the label, of the output `column`.
  func isTarget(_ row: Int, _ column: Int) -> Bool {
    encoding == .index ? targets[row] == Float(column) : targets[row * width + column] > encoding.threshold
  }

  /// Returns the target of the output `column`: 1 or 0, or a probability.
  func target(_ row: Int, _ column: Int) -> Double {
    encoding == .index ? (isTarget(row, column) ? 1 : 0) : Double(targets[row * width + column])
  }

  /// The outputs that are each compared with all others: that of the second one of two classes, otherwise all of them.
  var comparedColumns: Range<Int> {
    switch encoding {
    case .oneHot, .index: width == 2 ? 1..<2 : 0..<width
    case .values, .binary: 0..<width
    }
  }
}

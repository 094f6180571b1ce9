import GliaCore

extension Predictions {
  /// Returns the column of the largest number in a row of `values`, the first one in case of a tie.
  private func largest(_ values: [Float], _ row: Int) -> Int {
    var best = 0
    for i in 1..<max(width, 1) where values[row * width + i] > values[row * width + best] { best = i }
    return best
  }

  /// Returns the index of a sample's true class; with a single column, the second class is the positive one.
  func targetClass(_ row: Int) -> Int {
    switch encoding {
    case .values, .binary: targets[row] > encoding.threshold ? 1 : 0
    case .oneHot: largest(targets, row)
    case .index: Int(targets[row])
    }
  }

  /// Returns the index of a sample's predicted class; nil if any of its outputs is NaN.
  func predictedClass(_ row: Int) -> Int? {
    let own = outputs[row * width..<(row + 1) * width]
    return own.contains(where: \.isNaN) ? nil : rule.predictedClass(own)
  }

  /// Whether each sample has several labels, each present or absent.
  var isMultiLabel: Bool { encoding.isMultiLabel(width: width) }
  /// The number of classes that the outputs distinguish.
  var classCount: Int { encoding.classCount(width: width) }
}

extension TargetEncoding {
  /// Returns whether each sample has several labels, each present or absent.
  func isMultiLabel(width: Int) -> Bool {
    switch self {
    case .values, .binary: width > 1
    case .oneHot, .index: false
    }
  }

  /// Returns the number of classes that `width` outputs distinguish.
  func classCount(width: Int) -> Int {
    switch self {
    case .values, .binary: width == 1 ? 2 : width
    case .oneHot, .index: width
    }
  }
}

extension Metric {
  /// Throws in regression, for metrics that are defined only for classes.
  func requireClasses(_ encoding: TargetEncoding, instead remedy: String = "use mean_absolute_error or r2_score") throws
  {
    guard !encoding.isClassification else { return }
    throw GliaError("\(Self.name) is undefined for regression", expected: "a classification loss", remedy: remedy)
  }

  /// Throws for class indices, for metrics that are defined only for numbers.
  func requireNumbers(_ encoding: TargetEncoding) throws {
    guard encoding == .index else { return }
    throw GliaError(
      "\(Self.name) is undefined for class indices", expected: "numbers", remedy: "use accuracy or log_loss instead")
  }

  /// Throws in multi-label classification, for metrics that require a single class per sample.
  func requireOneLabel(outputs: Int, encoding: TargetEncoding) throws {
    guard encoding.isMultiLabel(width: outputs) else { return }
    throw GliaError(
      "\(Self.name) is undefined for samples with \(outputs) labels", expected: "one class per sample",
      remedy: "use f1_score, or accuracy, which counts labels")
  }
}

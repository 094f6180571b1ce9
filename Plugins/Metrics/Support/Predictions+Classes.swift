import GliaCore

extension Predictions {
  /// The place of the largest number in a row of `values`, the first of equal ones.
  private func largest(_ values: [Float], _ row: Int) -> Int {
    var best = 0
    for i in 1..<max(width, 1) where values[row * width + i] > values[row * width + best] { best = i }
    return best
  }

  /// The class that the targets of a sample stand for, as an index; of one column the second class is the positive one.
  func targetClass(_ row: Int) -> Int {
    switch encoding {
    case .values, .binary: targets[row] > encoding.threshold ? 1 : 0
    case .oneHot: largest(targets, row)
    case .index: Int(targets[row])
    }
  }

  /// The class that the outputs of a sample decide for; nil if one is not a number, for which no class is made up.
  func predictedClass(_ row: Int) -> Int? {
    guard !outputs[row * width..<(row + 1) * width].contains(where: \.isNaN) else { return nil }
    return switch encoding {
    case .values, .binary: outputs[row] > encoding.threshold ? 1 : 0
    case .oneHot, .index: largest(outputs, row)
    }
  }

  /// Whether samples have several labels, each of which is there or not.
  var isMultiLabel: Bool { encoding.isMultiLabel(width: width) }
  /// How many classes the outputs tell apart.
  var classCount: Int { encoding.classCount(width: width) }
}

extension TargetEncoding {
  /// Whether samples have several labels, each of which is there or not.
  func isMultiLabel(width: Int) -> Bool {
    switch self {
    case .values, .binary: width > 1
    case .oneHot, .index: false
    }
  }

  /// How many classes `width` outputs tell apart.
  func classCount(width: Int) -> Int {
    switch self {
    case .values, .binary: width == 1 ? 2 : width
    case .oneHot, .index: width
    }
  }
}

extension Metric {
  /// Refuses a regression, for metrics of classes.
  func requireClasses(_ encoding: TargetEncoding, instead remedy: String = "use mean_absolute_error or r2_score") throws
  {
    guard !encoding.isClassification else { return }
    throw GliaError("\(Self.name) of a regression", expected: "a loss of classification", remedy: remedy)
  }

  /// Refuses class indices, for metrics of numbers.
  func requireNumbers(_ encoding: TargetEncoding) throws {
    guard encoding == .index else { return }
    throw GliaError("\(Self.name) of class indices", expected: "numbers", remedy: "use accuracy or log_loss instead")
  }

  /// Refuses several labels a sample.
  func requireOneLabel(outputs: Int, encoding: TargetEncoding) throws {
    guard encoding.isMultiLabel(width: outputs) else { return }
    throw GliaError(
      "\(Self.name) of samples with \(outputs) labels", expected: "one class a sample",
      remedy: "use f1_score, or accuracy, which counts labels")
  }
}

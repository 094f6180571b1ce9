import GliaCore

extension Span where Element == Float {
  /// The place of the largest number in a row, the first of equal ones.
  func largest(row: Int, width: Int) -> Int {
    var best = 0
    for i in 1..<Swift.max(width, 1) where self[row * width + i] > self[row * width + best] { best = i }
    return best
  }

  /// The class that a row of targets stands for, as an index; of one column the second class is the positive one.
  func targetClass(row: Int, width: Int, encoding: TargetEncoding) -> Int {
    switch encoding {
    case .values, .binary: self[row] > encoding.threshold ? 1 : 0
    case .oneHot: largest(row: row, width: width)
    case .index: Int(self[row])
    }
  }

  /// The class that a row of predictions decides for.
  func predictedClass(row: Int, width: Int, encoding: TargetEncoding) -> Int {
    switch encoding {
    case .values, .binary: self[row] > encoding.threshold ? 1 : 0
    case .oneHot, .index: largest(row: row, width: width)
    }
  }
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

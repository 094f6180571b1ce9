extension Loss {
  /// Returns the class weights n / (k nᵢ) of n targets in k classes, of which nᵢ belong to class i; nil unless the loss balances
  /// classes. In multi-label classification, the two classes of all labels are counted together.
  ///
  /// Source: King and Zeng, "Logistic regression in rare events data" (2001).
  ///
  /// - Throws: `GliaError` for a class without samples.
  func balancedWeights(for targets: Tensor, classes: Int) throws -> [Float]? {
    guard balancesClasses else { return nil }
    let indices: [Int]
    var count = 2
    switch targetEncoding {
    case .values: return nil
    case .binary: indices = targets.values.map { $0 > targetEncoding.threshold ? 1 : 0 }
    case .index:
      indices = targets.values.map { Int(exactly: $0) ?? 0 }
      count = max(classes, (indices.max() ?? 0) + 1)
    case .oneHot:
      let rule = DecisionRule(.oneHot)
      indices = (0..<targets.rows).map { rule.predictedClass(targets[row: $0]) }
      count = targets.width
    }
    var counts = [Int](repeating: 0, count: count)
    for index in indices where counts.indices.contains(index) { counts[index] += 1 }
    if let missing = counts.firstIndex(of: 0) {
      throw GliaError(
        "no training sample belongs to class \(missing), so its balanced weight is undefined",
        at: "training.loss.class_weights", expected: "a sample of each of the \(count) classes",
        remedy: "give the weights as numbers, or add samples")
    }
    return counts.map { Float(Double(indices.count) / (Double(count) * Double($0))) }
  }

  /// Returns the loss with class weights that are balanced over `targets`, if it balances classes; otherwise itself.
  func balanced(for targets: Tensor, classes: Int) throws -> any Loss {
    try balancedWeights(for: targets, classes: classes).map(weightingClasses) ?? self
  }
}

extension Loss {
  /// Throws unless targets match ``targetEncoding``: any number, one of two numbers, probabilities that sum to 1, or an index.
  public func checkTargets(_ targets: Tensor, classes: Int) throws {
    switch targetEncoding {
    case .values: break
    case .binary(let negative, let positive):
      try require(targets, "\(Column.label(Double(negative))) or \(Column.label(Double(positive)))") {
        $0 == negative || $0 == positive
      }
    case .oneHot: try requireDistributions(targets)
    case .index:
      let range = classes > 0 ? " to \(classes - 1)" : ""
      try require(targets, "the index of a class, a whole number from 0\(range)") {
        $0 >= 0 && $0 == $0.rounded() && $0.isFinite && (classes == 0 || $0 < Float(classes))
      }
    }
  }

  /// Throws at the first target for which `isRight` is false, with `expected` as the description of valid targets.
  public func require(
    _ targets: Tensor, _ expected: String, remedy: String? = nil, where isRight: (Float) -> Bool
  ) throws {
    guard let i = targets.values.firstIndex(where: { !isRight($0) }) else { return }
    throw GliaError(
      "\(Self.name) got the target \(targets.values[i])",
      at: "sample \(i / targets.width), target \(i % targets.width)", expected: expected,
      remedy: remedy ?? "correct the sample, or use another loss")
  }

  /// Throws if the targets of a sample are not probabilities: negative, or with a sum that is not 1 to within 1e-3, which
  /// allows for the rounding of decimals.
  public func requireDistributions(_ targets: Tensor) throws {
    try require(targets, "a probability, at least 0") { $0 >= 0 }
    for row in 0..<targets.rows {
      let sum = targets[row: row].reduce(0) { $0 + Double($1) }
      guard (sum - 1).magnitude > Dataset.sumTolerance || sum.isNaN else { continue }
      throw GliaError(
        "\(Self.name) got targets that sum to \(Float(sum))", at: "sample \(row)",
        expected: "probabilities that sum to 1",
        remedy: "divide each sample's targets by their sum, or use another loss")
    }
  }
}

extension Loss {
  /// Throws unless targets match ``targetEncoding``: any number, one of two numbers, probabilities that sum to 1, or an index.
  public func check(targets: Span<Float>, rows: Int, classes: Int) throws {
    switch targetEncoding {
    case .values: break
    case .binary(let negative, let positive):
      try require(targets, rows: rows, "\(Column.label(Double(negative))) or \(Column.label(Double(positive)))") {
        $0 == negative || $0 == positive
      }
    case .oneHot: try requireDistributions(targets, rows: rows)
    case .index:
      let range = classes > 0 ? " to \(classes - 1)" : ""
      try require(targets, rows: rows, "the index of a class, a whole number from 0\(range)") {
        $0 >= 0 && $0 == $0.rounded() && $0.isFinite && (classes == 0 || $0 < Float(classes))
      }
    }
  }

  /// Throws at the first target for which `isRight` is false, with `expected` as the description of valid targets.
  public func require(
    _ targets: Span<Float>, rows: Int, _ expected: String, remedy: String? = nil, where isRight: (Float) -> Bool
  ) throws {
    let width = targets.count / max(rows, 1)
    for i in targets.indices where !isRight(targets[i]) {
      throw GliaError(
        "\(Self.name) got the target \(targets[i])", at: "sample \(i / width), target \(i % width)", expected: expected,
        remedy: remedy ?? "correct the sample, or use another loss")
    }
  }

  /// Throws if the targets of a sample are not probabilities: negative, or with a sum that is not 1 to within 1e-4, which
  /// allows for the rounding of single precision and of decimals with five digits.
  public func requireDistributions(_ targets: Span<Float>, rows: Int) throws {
    try require(targets, rows: rows, "a probability, at least 0") { $0 >= 0 }
    let width = targets.count / max(rows, 1)
    for row in 0..<rows {
      var sum = 0.0
      for i in row * width..<(row + 1) * width { sum += Double(targets[i]) }
      guard (sum - 1).magnitude > 1e-4 || sum.isNaN else { continue }
      throw GliaError(
        "\(Self.name) got targets that sum to \(Float(sum))", at: "sample \(row)",
        expected: "probabilities that sum to 1",
        remedy: "divide each sample's targets by their sum, or use another loss")
    }
  }
}

// Warnings about features and targets that can be detected before training.

/// Mean and standard deviation of a column.
private struct Spread {
  var mean = 0.0
  var deviation = 0.0
  /// The root mean square: how far the numbers are from 0.
  var size: Double { (mean * mean + deviation * deviation).squareRoot() }

  init(_ numbers: some Collection<Double>) {
    guard !numbers.isEmpty else { return }
    let count = Double(numbers.count)
    mean = numbers.reduce(0) { $0 + $1 / count }
    deviation = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }.squareRoot()
  }
}

extension Dataset {
  /// Longer columns are sampled at regular intervals.
  private static let most = 1_000_000

  /// Returns the values of a feature, or a sample of them if there are many, as in the original data.
  private func feature(_ column: Int) -> [Double] {
    let step = max(count / max(Self.most / inputs.width, 100), 1)
    return stride(from: 0, to: count, by: step).map { Double(inputs.values[$0 * inputs.width + column]) }
  }

  /// Returns a warning if features differ in scale by orders of magnitude: the largest dominate the others and slow down
  /// training.
  func scaleWarning() -> String? {
    // Standardizing a constant leaves only the rounding error of its mean.
    let spreads = (0..<inputs.width).map { ($0, Spread(feature($0))) }.filter { $0.1.deviation > 1e-12 * $0.1.size }
      .filter { standardization == nil || $0.1.size > 1e-3 }
    guard let largest = spreads.max(by: { $0.1.size < $1.1.size }),
      let smallest = spreads.min(by: { $0.1.size < $1.1.size })
    else { return nil }
    let remedy = "; bring them to the same scale (\"standardize\": true)"
    let name = "'\(inputNames[largest.0].excerpt)'"
    if largest.1.size > 1000 * smallest.1.size {
      return
        "feature \(name) is about \((largest.1.size / smallest.1.size).brief) times as large as "
        + "'\(inputNames[smallest.0].excerpt)'" + remedy
    }
    guard largest.1.size > 1000 else { return nil }
    return "feature \(name) is about \(largest.1.size.brief), far from the scale of newly drawn weights" + remedy
  }

  /// Returns warnings about columns that a model must not learn from: row numbers, and columns that reveal the target.
  func columnWarnings() -> [String] {
    guard inputs.width > 1, count >= 20 else { return [] }
    let target = targets.count == 1 ? targets.first : nil
    let classes = target.flatMap { target in Set(target.labels).count <= count / 4 ? target.labels : nil }
    let numbers = (try? target?.numbers())?.map { Double($0) }
    return (0..<inputs.width).compactMap { column in
      let name = "'\(inputNames[column].excerpt)'"
      let values = stride(from: column, to: inputs.values.count, by: inputs.width).map { Double(inputs.values[$0]) }
      if countsRows(values) {
        return
          "feature \(name) counts the rows; if it is only a row number, it says nothing about new data: add it to \"ignore\""
      }
      if let classes, tells(values, classes) {
        return "feature \(name) alone determines the class of every sample: will it be known at prediction time?"
      }
      if let numbers, classes == nil, let r = correlation(values, numbers), r.magnitude > 0.9999 {
        return
          "feature \(name) almost equals the target (correlation \(r.brief)): will it be known at prediction time?"
      }
      return nil
    }
  }

  /// Returns whether the values are consecutive whole numbers, each occurring once, in any order.
  private func countsRows(_ values: [Double]) -> Bool {
    guard let first = values.min(), let last = values.max(), last - first == Double(values.count - 1) else {
      return false
    }
    return values.allSatisfy { $0 == $0.rounded() } && Set(values).count == values.count
  }

  /// Returns whether each class has a single value of its own.
  private func tells(_ values: [Double], _ classes: [String]) -> Bool {
    var valueOf: [String: Double] = [:]
    for (value, label) in zip(values, classes) {
      if let known = valueOf.updateValue(value, forKey: label), known != value { return false }
    }
    return valueOf.count > 1 && Set(valueOf.values).count == valueOf.count
  }

  private func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    let (a, b) = (Spread(x), Spread(y))
    guard a.deviation > 0, b.deviation > 0 else { return nil }
    let product = zip(x, y).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) } / Double(x.count)
    return product / (a.deviation * b.deviation)
  }

  /// Returns the name of a column of times: a name for a time, with values that never fall or never rise.
  func timeColumn() -> String? {
    guard count >= 20 else { return nil }
    return (0..<inputs.width).first { column in
      let words = inputNames[column].lowercased().split { !$0.isLetter }
      guard words.contains(where: Self.times.contains) else { return false }
      let values = stride(from: column, to: inputs.values.count, by: inputs.width).map { inputs.values[$0] }
      let pairs = zip(values, values.dropFirst())
      return (pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 }) && values.first != values.last
    }.map { inputNames[$0] }
  }

  private static let times: Set<Substring> = [
    "date", "time", "timestamp", "datetime", "year", "month", "week", "day", "hour", "minute", "second", "epoch", "t",
    "ts",
    "datum", "zeit", "jahr", "monat", "tag",
  ]
}

extension EncodedTargets {
  /// Returns warnings about targets that are constant, binary, or far from the outputs of an untrained network.
  func valueWarnings(for loss: any Loss, of data: Dataset) -> [String] {
    guard encoding == .values, let first = values.values.first, values.rows > 1 else { return [] }
    if values.values.allSatisfy({ $0 == first }) {
      let exact = data.targets.compactMap { try? $0.doubles() }
      if exact.contains(where: { column in column.contains { $0 != column[0] } }) {
        return [
          "targets differ by less than single precision can represent; standardize them (\"standardize_targets\": true), or "
            + "change their unit"
        ]
      }
      let value = scaling?.undoneExactly(values.values).first ?? Double(first)
      return ["all targets are \(value.brief): there is nothing to learn"]
    }
    if values.width == 1, values.rows >= 20, scaling == nil, values.values.allSatisfy({ $0 == 0 || $0 == 1 }) {
      return [
        "all targets are 0 or 1: if they are classes, use sigmoid with binary_crossentropy, and the metric accuracy"
      ]
    }
    return [scaleWarning(for: loss)].compactMap(\.self)
  }

  /// An untrained network needs thousands of steps to reach targets far from its initial outputs, if it ever does.
  private func scaleWarning(for loss: any Loss) -> String? {
    guard loss.domain == nil else { return nil }
    let width = values.width
    let spreads = (0..<width).map { column in
      Spread(stride(from: column, to: values.values.count, by: width).map { Double(values.values[$0]) })
    }
    guard let far = spreads.first(where: { $0.size > 50 || $0.size < 1e-3 && $0.deviation > 0 }) else { return nil }
    return
      "targets are far from unit scale (mean \(far.mean.brief), deviation \(far.deviation.brief)), but an untrained network "
      + "starts near 0; standardize them (\"standardize_targets\": true)"
  }
}

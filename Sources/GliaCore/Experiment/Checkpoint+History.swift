/// The history of a checkpoint as a tensor, because the header is too small for the maximum number of epochs.
///
/// Each row is an epoch. Every number is a `Double`, whose 64 bits are stored in two `Float`s, so that no precision is lost.
struct HistoryTable: Codable {
  /// The metrics of the training part, followed by those of the validation part.
  var metrics: [String]
  var validationMetrics: [String]
  var hasValidation: Bool
  /// Whether the training part was evaluated after each epoch, and before the first one, which is then the first row.
  var isMeasured: Bool?

  init(_ history: [Epoch]) {
    metrics = history.first?.training.metrics.map(\.name) ?? []
    validationMetrics = history.last?.validation?.metrics.map(\.name) ?? []
    hasValidation = history.last?.validation != nil
    isMeasured = history.first?.number == 0
  }

  private var columns: Int { end + (isMeasured == true ? 1 + metrics.count : 0) }
  /// The columns where the values of the validation part begin and end.
  private var middle: Int { 5 + metrics.count }
  private var end: Int { middle + (hasValidation ? 1 + validationMetrics.count : 0) }

  func tensor(of history: [Epoch]) -> Tensor {
    var values: [Float] = []
    values.reserveCapacity(history.count * columns * 2)
    for epoch in history {
      var row = [Double(epoch.steps), epoch.learningRate, epoch.training.loss, epoch.penalty, epoch.seconds]
      row += epoch.training.metrics.map(\.value)
      if let validation = epoch.validation { row += [validation.loss] + validation.metrics.map(\.value) }
      // Before the first step there is no validation.
      row += repeatElement(.nan, count: end - row.count)
      if let measured = epoch.measured { row += [measured.loss] + measured.metrics.map(\.value) }
      for number in row {
        values.append(Float(bitPattern: UInt32(number.bitPattern >> 32)))
        values.append(Float(bitPattern: UInt32(truncatingIfNeeded: number.bitPattern)))
      }
    }
    return Tensor(unchecked: [history.count, columns * 2], values)
  }

  /// Returns the epochs; `metrics` are those of the experiment, which define whether higher values are better.
  func history(from tensor: Tensor, metrics known: [any Metric]) throws -> [Epoch] {
    let higher = Set(known.filter(\.higherIsBetter).map { type(of: $0).name })
    func values(_ names: [String], _ numbers: ArraySlice<Double>) -> [MetricValue] {
      zip(names, numbers).map { MetricValue($0, $1, higherIsBetter: higher.contains($0)) }
    }
    guard tensor.shape.count == 2, tensor.shape[1] == columns * 2 else {
      throw GliaError(
        "a history of shape \(tensor.shape)", at: "training.history", expected: "[epochs, \(columns * 2)]")
    }
    return try (0..<tensor.rows).map { row in
      let halves = Array(tensor[row: row])
      let numbers = stride(from: 0, to: halves.count, by: 2).map {
        Double(bitPattern: UInt64(halves[$0].bitPattern) << 32 | UInt64(halves[$0 + 1].bitPattern))
      }
      guard let steps = Int(exactly: numbers[0]) else {
        throw GliaError("epoch \(row + 1) has \(numbers[0]) steps", at: "training.history", expected: "a whole number")
      }
      return Epoch(
        number: isMeasured == true ? row : row + 1, steps: steps, learningRate: numbers[1],
        training: Evaluation(loss: numbers[2], metrics: values(metrics, numbers[5..<middle])),
        penalty: numbers[3],
        validation: hasValidation && !(isMeasured == true && row == 0)
          ? Evaluation(loss: numbers[middle], metrics: values(validationMetrics, numbers[(middle + 1)..<end])) : nil,
        seconds: numbers[4],
        measured: isMeasured == true
          ? Evaluation(loss: numbers[end], metrics: values(metrics, numbers[(end + 1)...])) : nil)
    }
  }
}

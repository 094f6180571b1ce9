import GliaCore

/// The layout of a model's outputs in a CSV file.
struct PredictionColumns {
  /// The names of the columns.
  let header: [String]
  private let form: OutputForm
  private let uncertainty: Uncertainty?
  private let spread: Spread
  let model: Model
  /// The names of the classes, quoted for CSV.
  private let classes: [String]

  /// The additional columns of several predictions per row.
  private enum Spread {
    /// The standard deviation of each output, in the unit of the target.
    case deviations
    /// Entropy and mutual information, in nats, of exclusive classes or of independent labels.
    case entropies(areExclusive: Bool)
  }

  /// Creates the columns for `model`; throws if its classes do not match its outputs.
  ///
  /// - Parameter uncertainty: the source of several predictions per row; nil for one.
  init(for model: Model, _ uncertainty: Uncertainty? = nil) throws {
    (self.model, self.uncertainty) = (model, uncertainty)
    let usual: [String]
    (form, usual, spread) = try Self.layout(of: model)
    classes = model.classes.map(CSVText.quoted)
    guard uncertainty != nil else {
      header = usual
      return
    }
    switch spread {
    case .entropies: header = usual + ["entropy", "mutual_information"]
    case .deviations:
      let outputs = model.network.output.reduce(1, *)
      // A regression may have intervals after its targets, a classifier its decision before its scores.
      let names = form == .values ? usual.prefix(outputs) : usual.suffix(outputs)
      header = usual + names.map { "\($0)_deviation" }
    }
  }

  private static func layout(of model: Model) throws -> (OutputForm, header: [String], Spread) {
    let form = try model.outputForm()
    let (targets, classes) = (model.outputNames, model.classes)
    switch form {
    case .values:
      let intervals = model.fitted.intervals == nil ? [] : targets.flatMap { ["\($0)_low", "\($0)_high"] }
      return (form, targets + intervals, .deviations)
    case .labels(let areProbabilities):
      return (
        form, targets + targets.map { "p_\($0)" }, areProbabilities ? .entropies(areExclusive: false) : .deviations
      )
    case .probability: return (form, ["class"] + classes.map { "p_\($0)" }, .entropies(areExclusive: true))
    case .score: return (form, ["class", "score"], .deviations)
    case .classes(let areProbabilities):
      let prefix = areProbabilities ? "p" : "score"
      return (
        form, ["class"] + classes.map { "\(prefix)_\($0)" },
        areProbabilities ? .entropies(areExclusive: true) : .deviations
      )
    }
  }

  /// The CSV line of a row without a prediction.
  var empty: String { String(repeating: ",", count: max(header.count - 1, 0)) + "\n" }

  /// The outputs for `data`, or the means of several, and the CSV line of each row.
  ///
  /// - Parameter first: the number of samples before those of `data`.
  func predict(_ data: Dataset, first: Int) throws -> (outputs: Tensor, lines: [String]) {
    guard let uncertainty else {
      let outputs = try model.outputs(for: data)
      return (outputs, lines(outputs))
    }
    var (means, lines): ([Float], [String]) = ([], [])
    try uncertainty.sample(data, by: model, first: first) { mean, samples in
      means += mean.values
      lines += zip(self.lines(mean), cells(samples)).map { $0.dropLast() + "," + $1.joined(separator: ",") + "\n" }
    }
    return (try Tensor(shape: [data.count] + model.network.output, means), lines)
  }

  /// The additional cells of each row.
  private func cells(_ samples: PredictionSamples) -> [[String]] {
    switch spread {
    case .deviations:
      return model.deviations(of: samples).map { $0.map(\.shortest) }
    case .entropies(let areExclusive):
      return zip(
        samples.entropy(areExclusive: areExclusive), samples.mutualInformation(areExclusive: areExclusive)
      ).map { [Float($0).shortest, Float($1).shortest] }
    }
  }

  /// Returns whether the predictions for outputs are finite, which those in the targets' own unit may not be.
  func areFinite(_ outputs: ArraySlice<Float>) -> Bool {
    let values = model.targetScaling?.undoneExactly(Array(outputs)).map { Float($0) } ?? Array(outputs)
    return values.allSatisfy(\.isFinite)
  }

  /// The CSV line of each row of outputs.
  func lines(_ outputs: Tensor) -> [String] { cells(outputs).map { $0.joined(separator: ",") + "\n" } }

  /// The CSV cells of each row of outputs.
  func cells(_ outputs: Tensor) -> [[String]] {
    let decisions =
      model.classes.isEmpty ? [] : model.decide(outputs).map { classes.indices.contains($0) ? classes[$0] : "" }
    let rule = model.rule
    return (0..<outputs.rows).map { row in
      let numbers = outputs[row: row]
      switch form {
      case .values: return model.texts(Array(numbers))
      case .classes, .score: return [decisions[row]] + numbers.map(\.shortest)
      case .probability:
        let second = numbers.first ?? 0
        return [decisions[row], (1 - second).shortest, second.shortest]
      case .labels: return numbers.map { rule.isPositive($0) ? "1" : "0" } + numbers.map(\.shortest)
      }
    }
  }
}

extension Model {
  /// The predictions for one sample in the original units, then the ends of their intervals.
  ///
  /// They have enough digits to keep apart values that differ in the network's output but would be equal in single precision.
  fileprivate func texts(_ outputs: [Float]) -> [String] {
    let values = targetScaling?.undoneExactly(outputs) ?? outputs.map(Double.init)
    let ends = fitted.intervals.map { intervalEnds($0, around: outputs) } ?? []
    let scales = targetScaling?.transform == nil ? targetScaling?.standardization?.scale : nil
    return (values + ends).enumerated().map { index, number in
      guard let scales else { return Float(number).shortest }
      let scale = scales[index < values.count ? index : (index - values.count) / 2]
      guard number.magnitude > 1e4 * scale, number.isFinite else { return Float(number).shortest }
      let step = Double.pow(10, (Double.log10(scale) - 7).rounded(.down))
      return ((number / step).rounded() * step).shortest
    }
  }

  private func intervalEnds(_ intervals: PredictionIntervals, around outputs: [Float]) -> [Double] {
    if let targetScaling { return targetScaling.ends(around: outputs, radius: intervals.radius) }
    return zip(outputs, intervals.radius).flatMap { [Double($0) - $1, Double($0) + $1] }
  }
}

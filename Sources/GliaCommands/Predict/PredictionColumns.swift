import GliaCore

/// The layout of a model's outputs in a CSV file.
struct PredictionColumns {
  /// The names of the columns.
  let header: [String]
  private let form: Form
  private let model: Model
  /// The names of the classes, quoted for CSV.
  private let classes: [String]

  private enum Form {
    /// The output values.
    case values
    /// The class, then the probability or score of each class.
    case classes
    /// The class and the probabilities of both classes, derived from that of the second.
    case twoProbabilities
    /// 0 or 1 for each label, then the probability of each label.
    case labels
  }

  /// Creates the columns for `model`; throws if its classes do not match its outputs.
  init(for model: Model) throws {
    self.model = model
    self.classes = model.classes.map(CSVText.quoted)
    let outputs = model.network.output.reduce(1, *)
    let encoding = model.targetEncoding
    let classes = model.classes
    let numbered = (0..<outputs).map { outputs == 1 ? "y" : "y\($0 + 1)" }
    let targets = model.targets.count == outputs ? model.targets : numbered
    guard encoding.isClassification else {
      let intervals = model.fitted.intervals == nil ? [] : targets.flatMap { ["\($0)_low", "\($0)_high"] }
      (form, header) = (.values, targets + intervals)
      return
    }
    guard !classes.isEmpty else {
      (form, header) = (.labels, targets + targets.map { "p_\($0)" })
      return
    }
    switch (outputs, classes.count) {
    case (1, 2) where encoding == .binary(negative: 0, positive: 1):
      (form, header) = (.twoProbabilities, ["class"] + classes.map { "p_\($0)" })
    case (1, 2):
      (form, header) = (.classes, ["class", "score"])
    case (classes.count, _):
      let prefix = model.givesProbabilities ? "p" : "score"
      (form, header) = (.classes, ["class"] + classes.map { "\(prefix)_\($0)" })
    default:
      throw GliaError(
        "a model with \(classes.count) classes whose network has \(outputs.counted("output"))", at: "glia.classes",
        expected: "one output per class, or a single output for two classes")
    }
  }

  /// The CSV line of a row without a prediction.
  var empty: String { String(repeating: ",", count: max(header.count - 1, 0)) + "\n" }

  /// Returns whether the predictions for outputs are finite, which those in the targets' own unit may not be.
  func areFinite(_ outputs: ArraySlice<Float>) -> Bool {
    let values = model.targetScaling?.undoneExactly(Array(outputs)).map { Float($0) } ?? Array(outputs)
    return values.allSatisfy(\.isFinite)
  }

  /// The CSV line of each row of outputs.
  func lines(_ outputs: Tensor) -> [String] {
    let decided = form == .classes || form == .twoProbabilities ? model.decide(outputs) : []
    let decisions = decided.map { classes.indices.contains($0) ? classes[$0] : "" }
    let rule = model.rule
    return (0..<outputs.rows).map { row in
      let numbers = outputs[row: row]
      let cells: [String]
      switch form {
      case .values: cells = model.texts(Array(numbers))
      case .classes: cells = [decisions[row]] + numbers.map(\.shortest)
      case .twoProbabilities:
        let second = numbers.first ?? 0
        cells = [decisions[row], (1 - second).shortest, second.shortest]
      case .labels: cells = numbers.map { rule.isPositive($0) ? "1" : "0" } + numbers.map(\.shortest)
      }
      return cells.joined(separator: ",") + "\n"
    }
  }
}

extension Model {
  /// Whether the outputs are probabilities, because of the output activation or because the loss is a likelihood.
  fileprivate var givesProbabilities: Bool {
    let link = network.layers.last?.separatingActivation()?.activation.link
    if let link, link != .identity, link != .threshold { return true }
    return experiment.training.loss?.fromLogits(of: .softmax) != nil
  }
}

extension Model {
  /// The predictions for one sample in the original units, then the ends of their intervals.
  ///
  /// They have enough digits to keep apart values that differ in the network's output but would be equal in single precision.
  fileprivate func texts(_ outputs: [Float]) -> [String] {
    let values = targetScaling?.undoneExactly(outputs) ?? outputs.map(Double.init)
    let ends = fitted.intervals.map { zip(values, $0.radius).flatMap { [$0 - $1, $0 + $1] } } ?? []
    let scales = targetScaling?.transform == nil ? targetScaling?.standardization?.scale : nil
    return (values + ends).enumerated().map { index, number in
      guard let scales else { return Float(number).shortest }
      let scale = scales[index < values.count ? index : (index - values.count) / 2]
      guard number.magnitude > 1e4 * scale, number.isFinite else { return Float(number).shortest }
      let step = Double.pow(10, (Double.log10(scale) - 7).rounded(.down))
      return ((number / step).rounded() * step).shortest
    }
  }
}

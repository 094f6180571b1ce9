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
      (form, header) = (.values, targets)
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

  /// The CSV line of each row of outputs.
  func lines(_ outputs: Tensor) -> [String] {
    let decisions = form == .classes || form == .twoProbabilities ? model.decide(outputs).map { classes[$0] } : []
    let threshold = model.targetEncoding.threshold
    return (0..<outputs.rows).map { row in
      let numbers = outputs[row: row]
      let cells: [String]
      switch form {
      case .values: cells = model.targetScaling.map { $0.texts(numbers) } ?? numbers.map(\.shortest)
      case .classes: cells = [decisions[row]] + numbers.map(\.shortest)
      case .twoProbabilities:
        let second = numbers.first ?? 0
        cells = [decisions[row], (1 - second).shortest, second.shortest]
      case .labels: cells = numbers.map { $0 > threshold ? "1" : "0" } + numbers.map(\.shortest)
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

extension Standardization {
  /// The values of one sample in the original units, with enough digits to keep apart values that differ in the network's
  /// output but would be equal in single precision.
  fileprivate func texts(_ numbers: ArraySlice<Float>) -> [String] {
    zip(undoneExactly(Array(numbers)), scale).map { number, scale in
      guard number.magnitude > 1e4 * scale, number.isFinite else { return Float(number).shortest }
      let step = Double.pow(10, (Double.log10(scale) - 7).rounded(.down))
      return ((number / step).rounded() * step).shortest
    }
  }
}

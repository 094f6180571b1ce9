import GliaCore

/// How a model's outputs stand in a CSV file.
struct PredictionColumns {
  /// The names of the columns.
  let header: [String]
  private let form: Form
  private let model: Model
  /// The names of the classes as they stand in cells.
  private let classes: [String]

  private enum Form {
    /// Numbers as they are.
    case values
    /// The class, and a number for each class: its probability or its score.
    case classes
    /// The class and the probabilities of both, from that of the second one.
    case twoProbabilities
    /// 0 or 1 for each label, then their probabilities.
    case labels
  }

  /// The columns for `model`; throws if its classes do not fit its outputs.
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
        "a model of \(classes.count) classes whose network gives \(outputs.counted("number"))", at: "glia.classes",
        expected: "one number a class, or one for two classes")
    }
  }

  /// The lines for some outputs.
  func lines(_ outputs: Tensor) -> String {
    let decisions = form == .classes || form == .twoProbabilities ? model.decide(outputs).map { classes[$0] } : []
    let threshold = model.targetEncoding.threshold
    var text = ""
    for row in 0..<outputs.rows {
      let numbers = outputs[row: row]
      let cells: [String]
      switch form {
      case .values: cells = model.targetStandardization.map { $0.texts(numbers) } ?? numbers.map(\.shortest)
      case .classes: cells = [decisions[row]] + numbers.map(\.shortest)
      case .twoProbabilities:
        let second = numbers.first ?? 0
        cells = [decisions[row], (1 - second).shortest, second.shortest]
      case .labels: cells = numbers.map { $0 > threshold ? "1" : "0" } + numbers.map(\.shortest)
      }
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }
}

extension Model {
  /// Whether the outputs are probabilities: by the output activation, or because the loss is a likelihood.
  fileprivate var givesProbabilities: Bool {
    let link = network.layers.last?.separatingActivation()?.activation.link
    if let link, link != .identity, link != .threshold { return true }
    return experiment.training.loss?.fromLogits(of: .softmax) != nil
  }
}

extension Standardization {
  /// The numbers of one sample as they were before; where single precision would merge them, in as many digits as the network
  /// tells apart.
  fileprivate func texts(_ numbers: ArraySlice<Float>) -> [String] {
    zip(undoneExactly(Array(numbers)), scale).map { number, scale in
      guard number.magnitude > 1e4 * scale, number.isFinite else { return Float(number).shortest }
      let step = Double.pow(10, (Double.log10(scale) - 7).rounded(.down))
      return ((number / step).rounded() * step).shortest
    }
  }
}

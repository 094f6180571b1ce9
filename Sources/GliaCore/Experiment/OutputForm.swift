/// What a model's outputs mean to those who use it.
package enum OutputForm: Hashable, Sendable {
  /// Numbers: the targets of a regression.
  case values
  /// A score for each class, perhaps a probability.
  case classes(areProbabilities: Bool)
  /// The probability of the second of two classes.
  case probability
  /// A score that decides between two classes.
  case score
  /// Independent labels, each with its score, perhaps a probability.
  case labels(areProbabilities: Bool)
}

extension Model {
  /// What the outputs mean; throws if there are neither as many as classes, nor a single one for two classes.
  package func outputForm() throws -> OutputForm {
    let encoding = targetEncoding
    guard encoding.isClassification else { return .values }
    let areProbabilities = encoding == .binary(negative: 0, positive: 1)
    let outputs = network.output.reduce(1, *)
    switch (outputs, classes.count) {
    case (_, 0): return .labels(areProbabilities: areProbabilities)
    case (1, 2): return areProbabilities ? .probability : .score
    case (classes.count, _): return .classes(areProbabilities: givesProbabilities)
    default:
      throw GliaError(
        "a model with \(classes.count) classes whose network has \(outputs.counted("output"))", at: "glia.classes",
        expected: "one output per class, or a single output for two classes")
    }
  }

  /// The names of the outputs of a regression, or of labels: the targets, or y1, y2 and so on.
  package var outputNames: [String] {
    let outputs = network.output.reduce(1, *)
    if targets.count == outputs { return targets }
    return outputs == 1 ? ["y"] : (1...max(outputs, 1)).map { "y\($0)" }
  }

  /// Whether the outputs are probabilities, because of the output activation or because the loss is a likelihood.
  private var givesProbabilities: Bool {
    let link = network.layers.last?.outputActivation?.link
    if let link, link != .identity, link != .threshold { return true }
    return experiment.training.loss?.fromLogits(of: .softmax) != nil
  }
}

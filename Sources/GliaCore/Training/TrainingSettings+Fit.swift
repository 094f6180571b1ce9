// Settings of what is fitted after training.
extension TrainingSettings {
  /// Throws if a setting is out of range whatever the network.
  func validateFits() throws {
    if let score = threshold?.score, !score.isFinite {
      throw GliaError("threshold \(score)", at: "threshold", expected: "a finite number")
    }
    guard let intervals, !(intervals > 0 && intervals < 1) else { return }
    throw GliaError("intervals \(intervals)", at: "intervals", expected: "a number between 0 and 1, such as 0.9")
  }

  /// Throws if what is to be fitted does not suit the network and the targets, or the validation part is missing or too small.
  func requireFits(_ network: Network, _ targets: EncodedTargets, validation: Int?) throws {
    let (outputs, encoding) = (network.output.reduce(1, *), targets.encoding)
    let link = network.layers.last?.outputActivation?.link
    func requireValidation(_ setting: String, samples: Int = 1) throws {
      guard validation ?? 0 < samples else { return }
      throw GliaError(
        validation.map { "a validation part of \($0.counted("sample")) is too small" } ?? "there is no validation part",
        at: "training.\(setting)", expected: "a validation part of at least \(samples.counted("sample"))",
        remedy: "give the split a larger validation part, such as \"validation\": 0.2, or leave \(setting) out")
    }
    if let threshold {
      try require(threshold, outputs, encoding, link)
      if case .maximizing(_, let positive?) = threshold { try require(positive, among: targets.classes) }
      if threshold.score == nil { try requireValidation("threshold") }
    }
    if calibration != nil {
      guard encoding.isClassification, link == .logistic || link == .softmax else {
        throw GliaError(
          "only probabilities can be calibrated", at: "training.calibration",
          expected: "classes, and a last layer with sigmoid or softmax", remedy: "leave calibration out")
      }
      try requireValidation("calibration")
    }
    if let intervals {
      guard !encoding.isClassification, outputs == targets.values.width else {
        throw GliaError(
          "intervals are for regressions", at: "training.intervals", expected: "one output for every numeric target",
          remedy: "leave intervals out")
      }
      try requireValidation("intervals", samples: PredictionIntervals.needed(for: intervals))
    }
  }

  private func require(_ positive: String, among classes: [String]) throws {
    guard classes.count != 2 || !classes.contains(positive) else { return }
    throw GliaError(
      "no class '\(positive.excerpt)'", at: "training.threshold.positive",
      expected: classes.count == 2
        ? "one of \(classes.map(\.excerpt).joined(separator: ", "))" : "the name of one of two classes",
      remedy: Suggestion.nearest(to: positive, among: classes).map { "did you mean '\($0.excerpt)'?" }
        ?? "leave positive out")
  }

  private func require(_ threshold: DecisionThreshold, _ outputs: Int, _ encoding: TargetEncoding, _ link: Link?) throws
  {
    let isPerClass = encoding == .oneHot || encoding == .index
    guard encoding.isClassification, !isPerClass || outputs == 2 && link == .softmax else {
      throw GliaError(
        encoding.isClassification ? "a threshold for \(outputs) classes" : "a threshold for a regression",
        at: "training.threshold", expected: "two classes, or labels that are present or absent",
        remedy: "leave threshold out")
    }
    guard let score = threshold.score, encoding.thresholds.lowerBound == 0, !(score > 0 && score < 1) else { return }
    throw GliaError(
      "threshold \(score)", at: "training.threshold", expected: "a probability, between 0 and 1",
      remedy: "change threshold")
  }
}

extension TargetEncoding {
  /// The thresholds that make sense: probabilities, or all numbers.
  var thresholds: ClosedRange<Float> {
    if case .binary(let negative, _) = self, negative != 0 {
      return -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude
    }
    return 0...1
  }
}

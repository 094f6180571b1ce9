import GliaCore

extension Model {
  /// How to interpret the outputs: as `DecisionRule` does, with the model's own threshold if it has one.
  public var scoreKind: ScoreKind {
    let usual = network.scoreKind(for: targetEncoding)
    guard let threshold = fitted.threshold.map(Double.init) else { return usual }
    if case .decision(_, let range) = usual { return .decision(threshold: threshold, range: range) }
    // Of two probabilities p and 1 - p, figures compare the difference, 2 p - 1.
    let isPair = network.output.reduce(1, *) == 2
    return isPair
      ? .decision(threshold: 2 * threshold - 1, range: -1...1) : .decision(threshold: threshold, range: 0...1)
  }
}

/// The rule that turns a network's outputs into decisions: one class of several, or the presence of a label.
public struct DecisionRule: Hashable, Sendable {
  /// The encoding of the targets.
  public let encoding: TargetEncoding
  /// The number that the output of the second of two classes, or of a label, must exceed; nil for the middle of the encoding.
  public let threshold: Float?

  /// Creates a rule; a threshold applies to two classes and to labels.
  public init(_ encoding: TargetEncoding, threshold: Float? = nil) {
    (self.encoding, self.threshold) = (encoding, threshold)
  }

  /// Returns the index of the predicted class: the one with the largest output, the first one in case of a tie; of two classes,
  /// the second one if its output exceeds the threshold.
  public func predictedClass(_ outputs: ArraySlice<Float>) -> Int {
    let isPerClass = encoding == .oneHot || encoding == .index
    if outputs.count == 1, !isPerClass || threshold != nil { return isPositive(outputs[outputs.startIndex]) ? 1 : 0 }
    if outputs.count == 2, threshold != nil { return isPositive(outputs[outputs.endIndex - 1]) ? 1 : 0 }
    return (outputs.indices.max { outputs[$0] < outputs[$1] } ?? outputs.startIndex) - outputs.startIndex
  }

  /// Returns whether an output stands for the second of two classes, or for the presence of a label.
  public func isPositive(_ output: Float) -> Bool { output > (threshold ?? encoding.threshold) }
}

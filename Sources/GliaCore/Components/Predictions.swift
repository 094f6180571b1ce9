import RealModule

/// A network's outputs for some samples together with their targets: the input of a ``Metric``.
public struct Predictions: Sendable {
  /// The network's outputs: rows × ``width`` numbers.
  public let outputs: [Float]
  /// The inputs of the output activation, as many as outputs, if the loss is computed from them; otherwise nil.
  ///
  /// They distinguish samples whose probabilities round to the same value: in single precision the sigmoid is 1 from 17 on.
  public let logits: [Float]?
  /// The link that relates outputs and logits.
  public let link: Link?
  /// The targets: rows × ``targetWidth`` numbers in ``encoding``.
  public let targets: [Float]
  /// The encoding of the targets.
  public var encoding: TargetEncoding { rule.encoding }
  /// The rule that turns outputs into decisions.
  public let rule: DecisionRule
  /// The weight of each sample; nil for equal weights.
  public let weights: [Float]?
  /// The number of samples.
  public let rows: Int

  /// Creates predictions from outputs and their targets.
  ///
  /// - Parameters:
  ///   - outputs: rows × width numbers, at least one row.
  ///   - targets: the same number of values; for indices, one per sample.
  ///   - rows: the number of samples.
  ///   - encoding: the encoding of the targets.
  ///   - weights: one non-negative number per sample; nil for equal weights.
  ///   - logits: the inputs of the output activation; nil if unknown.
  ///   - link: the link that relates outputs and logits.
  ///   - threshold: the decision threshold of two classes or labels; nil for the middle of the encoding.
  /// - Throws: `GliaError` if the counts do not match, or a target is not the index of a class.
  public init(
    _ outputs: [Float], targets: [Float], rows: Int, encoding: TargetEncoding, weights: [Float]? = nil,
    logits: [Float]? = nil, link: Link? = nil, threshold: Float? = nil
  ) throws {
    let targetCount = encoding == .index ? rows : outputs.count
    guard rows > 0, !outputs.isEmpty, outputs.count % rows == 0, targets.count == targetCount,
      weights.map({ $0.count == rows }) ?? true, logits.map({ $0.count == outputs.count }) ?? true
    else {
      throw GliaError(
        "\(outputs.count) outputs and \(targets.count) targets for \(rows) samples", at: "predictions",
        expected: "the same number of values for each sample, and one weight")
    }
    if encoding == .index, let bad = targets.firstIndex(where: { !($0 >= 0 && $0 < 1e9) || $0 != $0.rounded() }) {
      throw GliaError("the target is \(targets[bad])", at: "sample \(bad)", expected: "the index of a class, from 0")
    }
    (self.outputs, self.targets, self.rows) = (outputs, targets, rows)
    rule = DecisionRule(encoding, threshold: threshold)
    (self.weights, self.logits, self.link) = (weights, logits, link)
  }

  /// The number of outputs per sample.
  public var width: Int { outputs.count / rows }
  /// The number of targets per sample.
  public var targetWidth: Int { targets.count / rows }

  /// Returns the weight of sample `row`.
  public func weight(_ row: Int) -> Double { weights.map { Double($0[row]) } ?? 1 }

  /// Returns Σ w f / Σ w over the samples; NaN if all weights are 0.
  public func mean(_ value: (_ row: Int) -> Double) -> Double {
    var (sum, total) = (0.0, 0.0)
    for row in 0..<rows {
      let weight = weight(row)
      // An infinite value with weight 0 must not affect the sum.
      if weight > 0 { sum += weight * value(row) }
      total += weight
    }
    return sum / total
  }
}

extension Predictions {
  /// The score of each output for its class: the log-odds of the probability where logits are known, so that rounding does not
  /// create ties.
  public var scores: [Double] {
    Self.scores(outputs, logits: logits, link: link, width: width)
  }

  /// Returns the scores of outputs whose targets are unknown.
  static func scores(_ outputs: [Float], logits: [Float]?, link: Link?, width: Int) -> [Double] {
    guard let logits else { return outputs.map(Double.init) }
    guard link == .softmax else { return logits.map(Double.init) }
    var scores = logits.map(Double.init)
    for row in 0..<outputs.count / max(width, 1) {
      let columns = row * width..<(row + 1) * width
      let best = columns.max { logits[$0] < logits[$1] } ?? columns.lowerBound
      let most = scores[best]
      // The sum without its largest term is computed separately, because a difference would lose all precision.
      let rest = columns.reduce(0) { $1 == best ? $0 : $0 + Double.exp(scores[$1] - most) }
      for i in columns {
        let others = i == best ? rest : 1 + max(rest - Double.exp(scores[i] - most), 0)
        scores[i] -= most + Double.log(others)
      }
    }
    return scores
  }
}

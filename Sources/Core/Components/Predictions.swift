import RealModule

/// What a network gives for some samples, beside what was wanted: all that a ``Metric`` looks at.
public struct Predictions: Sendable {
  /// The network's outputs: rows × ``width`` numbers.
  public let outputs: [Float]
  /// The inputs of the output activation, as many as outputs, where the loss is computed from them; else nil.
  ///
  /// They tell apart what rounds to one probability: the sigmoid is 1 in single precision from 17 on.
  public let logits: [Float]?
  /// How the outputs follow from the logits.
  public let link: Link?
  /// rows × ``targetWidth`` numbers in ``encoding``.
  public let targets: [Float]
  /// How the targets are to be read.
  public let encoding: TargetEncoding
  /// How much each sample counts; nil for equally much.
  public let weights: [Float]?
  /// How many samples.
  public let rows: Int

  /// Outputs with their targets.
  ///
  /// - Parameters:
  ///   - outputs: rows × width numbers, at least one row.
  ///   - targets: as many numbers; of indices one a sample.
  ///   - rows: how many samples.
  ///   - encoding: how the targets are to be read.
  ///   - weights: one number of 0 or more a sample; nil for equally much.
  ///   - logits: the inputs of the output activation; nil if they are not known.
  ///   - link: how the outputs follow from the logits.
  /// - Throws: `GliaError` if the counts do not fit together, or a target is not the index of a class.
  public init(
    _ outputs: [Float], targets: [Float], rows: Int, encoding: TargetEncoding, weights: [Float]? = nil,
    logits: [Float]? = nil, link: Link? = nil
  ) throws {
    let targetCount = encoding == .index ? rows : outputs.count
    guard rows > 0, !outputs.isEmpty, outputs.count % rows == 0, targets.count == targetCount,
      weights.map({ $0.count == rows }) ?? true, logits.map({ $0.count == outputs.count }) ?? true
    else {
      throw GliaError(
        "\(outputs.count) outputs and \(targets.count) targets of \(rows) samples", at: "predictions",
        expected: "equally many numbers for each sample, and one weight")
    }
    if encoding == .index, let bad = targets.firstIndex(where: { !($0 >= 0 && $0 < 1e9) || $0 != $0.rounded() }) {
      throw GliaError("the target is \(targets[bad])", at: "sample \(bad)", expected: "the index of a class, from 0")
    }
    (self.outputs, self.targets, self.rows, self.encoding) = (outputs, targets, rows, encoding)
    (self.weights, self.logits, self.link) = (weights, logits, link)
  }

  /// How many outputs a sample has.
  public var width: Int { outputs.count / rows }
  /// How many targets a sample has.
  public var targetWidth: Int { targets.count / rows }

  /// How much the sample `row` counts.
  public func weight(_ row: Int) -> Double { weights.map { Double($0[row]) } ?? 1 }

  /// Σ w f / Σ w over the samples; NaN if no sample counts.
  public func mean(_ value: (_ row: Int) -> Double) -> Double {
    var (sum, total) = (0.0, 0.0)
    for row in 0..<rows {
      let weight = weight(row)
      // What does not count must not spoil the sum by being infinite.
      if weight > 0 { sum += weight * value(row) }
      total += weight
    }
    return sum / total
  }
}

extension Predictions {
  /// How much each output of a sample speaks for its class, as log-odds of the probability where logits are known: so no
  /// two samples are made equal by rounding.
  public var scores: [Double] {
    Self.scores(outputs, logits: logits, link: link, width: width)
  }

  /// The same of outputs alone, whose targets nobody knows.
  static func scores(_ outputs: [Float], logits: [Float]?, link: Link?, width: Int) -> [Double] {
    guard let logits else { return outputs.map(Double.init) }
    guard link == .softmax else { return logits.map(Double.init) }
    var scores = logits.map(Double.init)
    for row in 0..<outputs.count / max(width, 1) {
      let columns = row * width..<(row + 1) * width
      let best = columns.max { logits[$0] < logits[$1] } ?? columns.lowerBound
      let most = scores[best]
      // What is left of the sum without the largest term is summed by itself, for a difference would have no digits.
      let rest = columns.reduce(0) { $1 == best ? $0 : $0 + Double.exp(scores[$1] - most) }
      for i in columns {
        let others = i == best ? rest : 1 + max(rest - Double.exp(scores[i] - most), 0)
        scores[i] -= most + Double.log(others)
      }
    }
    return scores
  }
}

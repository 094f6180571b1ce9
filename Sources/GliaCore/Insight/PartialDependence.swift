/// How a model's output depends on one input: the mean output over the samples with the input set to each of several values
/// (partial dependence: Friedman, "Greedy function approximation", 2001), and the output for single samples (individual
/// conditional expectation, ICE: Goldstein et al., "Peeking inside the black box", 2015).
///
/// Curves that are not parallel mean that the effect of the input depends on other inputs. If the input is correlated with
/// others, part of a curve is about samples that do not exist.
public struct PartialDependence: Hashable, Sendable {
  /// The input.
  public let input: ModelInput
  /// The values of the input in ascending order; the index of each of ``labels`` for a category.
  public let points: [Double]
  /// The categories at the points; empty for a number.
  public let labels: [String]
  /// The mean output over the samples at each point, weighted if the samples are.
  public let mean: [Double]
  /// The output of some of the samples at each point.
  public let curves: [[Double]]
  /// The nine deciles of the input over all samples, between which a tenth of them lies each; empty for a category.
  public let deciles: [Double]
}

extension Model {
  /// Returns how an output of the model depends on `input`.
  ///
  /// The values of a number reach from the first to the last percentile of `data`, because the model has seen little beyond:
  /// its own values if there are few, and evenly spaced ones otherwise. Of a category, the most frequent values are taken.
  ///
  /// - Parameters:
  ///   - input: one of ``inputs(of:)``.
  ///   - data: the samples before standardization.
  ///   - output: the index of a class, or for a regression that of a target.
  ///   - points: the number of values of the input, at least 2; of a category, at most 6 are taken.
  ///   - samples: how many of the samples, evenly spaced, the mean is taken over, at least 1.
  ///   - curves: how many of these have a curve of their own.
  /// - Throws: if samples and model do not fit together, or if there is no such output.
  public func partialDependence(
    on input: ModelInput, over data: Dataset, output: Int, points: Int = 50, samples: Int = 500, curves: Int = 50
  ) throws -> PartialDependence {
    guard points > 1, samples > 0, curves >= 0 else {
      throw GliaError(
        "\(points) points of \(samples) samples and \(curves) curves", at: input.name,
        expected: "at least 2 points, 1 sample and 0 curves")
    }
    try require(featuresOf: data)
    try input.features.require(below: data.inputs.width, "feature")
    let data = data.unprocessed
    let some = try data.part(Self.spread(samples, over: data.count)) ?? data
    let shown = Self.spread(curves, over: some.count)
    let values = try input.isCategory ? [] : data.values(of: input)
    let kept = input.isCategory ? data.frequentValues(of: input, most: min(points, 6)) : []
    let places = input.isCategory ? kept.indices.map(Double.init) : Self.grid(values, points)
    let outputs = try places.enumerated().map { index, value in
      let chosen = kept.isEmpty ? nil : input.features[kept[index]]
      let moved = try some.replacing(features: input.features) { _, feature in
        chosen.map { $0 == feature ? 1 : 0 } ?? value
      }
      return try read(predict(moved), output: output)
    }
    let weights = some.weights.map { $0.map(Double.init) } ?? [Double](repeating: 1, count: some.count)
    let total = weights.reduce(0, +)
    return PartialDependence(
      input: input, points: places, labels: kept.map { input.values[$0] },
      mean: outputs.map { column in
        total > 0 ? zip(column, weights).reduce(0) { $0 + $1.0 * $1.1 } / total : .nan
      },
      curves: shown.map { row in outputs.map { $0[row] } },
      deciles: values.isEmpty ? [] : (1...9).map { values[(values.count - 1) * $0 / 10] })
  }

  /// Returns one output of each sample; a single output is the score of the second of two classes, and what is missing from it
  /// that of the first.
  private func read(_ outputs: Tensor, output: Int) throws -> [Double] {
    let width = outputs.width
    let isBinary = width == 1 && classes.count == 2
    guard (0..<(isBinary ? 2 : width)).contains(output) else {
      throw GliaError(
        "there is no output \(output)", at: "output", expected: "an index from 0 to \((isBinary ? 2 : width) - 1)")
    }
    guard isBinary else {
      return stride(from: output, to: outputs.values.count, by: width).map { Double(outputs.values[$0]) }
    }
    var levels: (low: Float, high: Float) = (0, 1)
    if case .binary(let negative, let positive) = targetEncoding { levels = (negative, positive) }
    return outputs.values.map { Double(output == 1 ? $0 : levels.low + levels.high - $0) }
  }

  /// Returns `count` of the indices below `all`, evenly spaced; all if there are fewer.
  private static func spread(_ count: Int, over all: Int) -> [Int] {
    count >= all ? Array(0..<all) : (0..<count).map { Int(Double($0) * Double(all) / Double(count)) }
  }

  /// Returns the values from the first to the last percentile of sorted `values` if there are at most `count`, or else as many
  /// evenly spaced ones.
  private static func grid(_ values: [Double], _ count: Int) -> [Double] {
    let cut = values.count / 100
    let (low, high) = (values[cut], values[values.count - 1 - cut])
    var own: [Double] = []
    for value in values[cut..<values.count - cut] where value != own.last {
      own.append(value)
      // Whole numbers may stand for categories, between which there is nothing.
      guard own.count <= count || value == value.rounded() && own[0] == own[0].rounded() else {
        return (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
      }
    }
    guard own.count > count else { return own }
    let isWhole = own.allSatisfy { $0 == $0.rounded() }
    return (0..<count).map {
      isWhole ? own[$0 * (own.count - 1) / (count - 1)] : low + (high - low) * Double($0) / Double(count - 1)
    }
  }
}

extension Dataset {
  /// Returns the known values of a number in ascending order; throws if there are none.
  fileprivate func values(of input: ModelInput) throws -> [Double] {
    guard let feature = input.features.first, input.features.count == 1 else {
      throw GliaError(
        input.features.count.counted("feature"), at: input.name,
        expected: "one feature, or a name for the value of each")
    }
    let known = (0..<count).map { number($0, feature) }.filter { !$0.isNaN }.sorted()
    guard known.isEmpty else { return known }
    throw GliaError("all values are missing", at: "feature '\(input.name.excerpt)'", expected: "at least one number")
  }

  /// Returns the indices of the most frequent values of a category, in order.
  fileprivate func frequentValues(of input: ModelInput, most: Int) -> [Int] {
    let counts = input.features.map { feature in (0..<count).count { number($0, feature) > 0.5 } }
    let known = zip(counts.indices, input.values).map(\.0)
    return Array(known.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(most)).sorted()
  }
}

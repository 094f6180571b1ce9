/// Targets encoded as the numbers that a loss compares with.
public struct EncodedTargets: Sendable {
  /// The numbers, one sample per row.
  public let values: Tensor
  /// The encoding of the numbers.
  public let encoding: TargetEncoding
  /// The class names in order, or those of the one-hot columns; empty for regression and for multi-label targets.
  public let classes: [String]
  /// The scaling of regression targets, if any.
  public internal(set) var scaling: TargetScaling?
}

extension Dataset {
  /// Returns the targets in the encoding of `loss`.
  ///
  /// Classes remain classes for a loss on numbers, such as the squared error: two of them are 0 and 1 for one output (-1 and 1
  /// if its range is from -1 to 1, as for tanh), several are one-hot, with one output each.
  ///
  /// - Parameters:
  ///   - loss: determines whether targets are numbers or classes.
  ///   - known: the classes that a network already knows; nil for those that occur in the data.
  ///   - network: the network whose outputs are compared with the targets; nil for one output per class, or a single one for
  ///     two.
  /// - Throws: for text where numbers are expected, a class that is not among `classes`, too few or too many classes, numbers
  ///   for which the loss is undefined.
  public func encoded(
    for loss: some Loss, classes known: [String]? = nil, by network: Network? = nil
  ) throws -> EncodedTargets {
    var encoded = try encoding(for: loss, classes: known, by: network)
    if !encoded.encoding.isClassification { encoded.scaling = targetScaling }
    try loss.checkTargets(encoded.values, classes: encoded.classes.count)
    return encoded
  }

  /// Whether the single target column contains classes, whatever the loss.
  var holdsClasses: Bool {
    guard targets.count == 1, let target = targets.first else { return false }
    if case .text(let cells) = target.cells {
      // A text among numbers is an error in a numeric column.
      return 2 * cells.count { DecimalValue($0) != nil } <= cells.count
    }
    return target.holdsClasses
  }

  /// Returns the samples, with numbers marked as classes if a requested metric is defined only for classes.
  func withClasses(for metrics: [any Metric]?) -> Dataset {
    let wantsClasses = metrics?.contains { metric in
      do { try metric.checkEncoding(.values) } catch { return true }
      return false
    }
    guard wantsClasses == true, targets.count == 1 else { return self }
    var copy = self
    copy.targets[0].holdsClasses = true
    return copy
  }

  private func encoding(for loss: some Loss, classes known: [String]?, by network: Network?) throws -> EncodedTargets {
    guard let first = targets.first else {
      throw GliaError("\(name) has no target", at: "data", expected: "at least one target column")
    }
    var encoding = loss.targetEncoding
    if encoding == .values, targets.count == 1, holdsClasses || known?.isEmpty == false {
      let count = (known ?? first.classes).count
      let usual = count == 2 ? TargetEncoding.binary(negative: 0, positive: 1) : .oneHot
      guard let fitting = network.map({ $0.encoding(ofClasses: count) }) ?? usual else {
        throw GliaError(
          "\(type(of: loss).name) got \((network?.output.reduce(1, *) ?? 0).counted("output")) for \(count) classes",
          at: "network.layers",
          expected: count == 2 ? "one output, or one per class" : "one output per class",
          remedy: "give the last layer \(count) units")
      }
      encoding = fitting
    }
    guard encoding.isClassification, targets.count == 1 else {
      return try numeric(encoding, of: type(of: loss).name, known: known)
    }

    let (classes, isKnown) = (known ?? first.classes, known != nil)
    let known = ClassIndex(classes)
    let indices = try first.texts.enumerated().map { row, label in
      guard let index = known[label] else {
        throw GliaError(
          "class '\(label.excerpt)' is unknown to the network", at: "column '\(first.name)', sample \(row)",
          expected: "one of \(classes.prefix(20).joined(separator: ", "))",
          remedy: "use data with the classes that the network learned, or train it with this class as well")
      }
      return index
    }
    let count = classes.count
    guard count != 1 || isKnown else {
      throw GliaError(
        "there is only one class, '\(classes[0].excerpt)'", at: "column '\(first.name)'",
        expected: "two or more classes",
        remedy: "choose another target column, or add samples of other classes")
    }
    func twoClasses() throws {
      guard count != 2 else { return }
      throw GliaError(
        "\(type(of: loss).name) distinguishes two classes, but there \(count == 1 ? "is" : "are") \(count): "
          + classes.prefix(8).joined(separator: ", "), at: "column '\(first.name)'", expected: "two classes",
        remedy: count > 20
          ? "if this is a regression, use mean_squared_error"
          : "use sparse_categorical_crossentropy with one unit per class")
    }
    switch encoding {
    case .values, .index:
      return EncodedTargets(
        values: Tensor(unchecked: [indices.count, 1], indices.map(Float.init)), encoding: encoding, classes: classes)
    case .binary(let negative, let positive):
      try twoClasses()
      let values = indices.map { $0 == 1 ? positive : negative }
      return EncodedTargets(
        values: Tensor(unchecked: [indices.count, 1], values), encoding: encoding, classes: classes)
    case .oneHot:
      let numbers = try Memory.require(
        [indices.count, count], for: "one number per class for \(indices.count) samples of \(count) classes",
        share: 0.15, at: "training.loss",
        remedy: "use sparse_categorical_crossentropy, which needs one number per sample")
      var values = [Float](repeating: 0, count: numbers)
      for (row, index) in indices.enumerated() { values[row * count + index] = 1 }
      return EncodedTargets(
        values: Tensor(unchecked: [indices.count, count], values), encoding: encoding, classes: classes)
    }
  }

  /// Returns all target columns as numbers: regression, multi-label targets as 0 and 1, or the probabilities of classes.
  private func numeric(_ encoding: TargetEncoding, of loss: String, known: [String]?) throws -> EncodedTargets {
    let columns = try targets.map { try $0.numbers() }
    if let width = targetScaling?.width, width != columns.count {
      throw GliaError("a standardization for \(width) targets", at: name, expected: "\(columns.count)")
    }
    if encoding == .index {
      throw GliaError(
        "\(loss) needs one target column with classes, but there are \(targets.count)", at: "data.target",
        expected: "one column", remedy: "use categorical_crossentropy with one column per class")
    }
    if encoding.isClassification, encoding != .oneHot {
      for (column, numbers) in zip(targets, columns) {
        guard let row = numbers.firstIndex(where: { $0 != 0 && $0 != 1 }) else { continue }
        throw GliaError(
          "a label is \(numbers[row])", at: "column '\(column.name)', sample \(row)",
          expected: "0 or 1 in every target column")
      }
    }
    if let targetScaling, encoding == .values {
      if let transform = targetScaling.transform { for column in targets { try transform.check(column) } }
      let exact = try targets.map { try $0.doubles() }
      let width = exact.count
      let values = targetScaling.applied(count * width) { exact[$0 % width][$0 / width] }
      return EncodedTargets(values: Tensor(unchecked: [count, width], values), encoding: encoding, classes: [])
    }
    var low: Float = 0
    var high: Float = 1
    if case .binary(let negative, let positive) = encoding { (low, high) = (negative, positive) }
    var values: [Float] = []
    values.reserveCapacity(count * columns.count)
    for row in 0..<count {
      for column in columns {
        values.append(encoding.isClassification ? low + (high - low) * column[row] : column[row])
      }
    }
    let areClasses = encoding == .oneHot && Self.areDistributions(values, width: columns.count)
    return EncodedTargets(
      values: Tensor(unchecked: [count, columns.count], values), encoding: encoding,
      classes: known ?? (areClasses ? targets.map(\.name) : []))
  }

  /// How far from 1 the sum of probabilities may be: 1e-3, and the rounding of single precision.
  static let sumTolerance = 1e-3 + 1e-6

  /// Returns whether every row of `width` numbers contains probabilities that sum to 1, within the rounding of decimals.
  package static func areDistributions(_ values: [Float], width: Int) -> Bool {
    stride(from: 0, to: values.count, by: width).allSatisfy { row in
      let numbers = values[row..<row + width]
      return numbers.allSatisfy { $0 >= 0 } && abs(numbers.reduce(0) { $0 + Double($1) } - 1) <= sumTolerance
    }
  }
}

extension Network {
  /// Returns how `count` classes are encoded for a loss on numbers; nil if their number does not fit the outputs.
  func encoding(ofClasses count: Int) -> TargetEncoding? {
    let outputs = output.reduce(1, *)
    if outputs == 1, count <= 2 {
      let isSigned = layers.last?.outputActivation?.range?.lowerBound == -1
      return .binary(negative: isSigned ? -1 : 0, positive: 1)
    }
    return outputs == count ? .oneHot : nil
  }
}

/// Targets as the numbers that a loss compares with.
public struct EncodedTargets: Sendable {
  /// One sample a row.
  public let values: Tensor
  /// How they are to be read.
  public let encoding: TargetEncoding
  /// The names of the classes in their order, of one-hot columns theirs; empty for regression and for several labels a sample.
  public let classes: [String]
  /// How the targets of a regression were standardized, if they were.
  public internal(set) var standardization: Standardization?
}

extension Dataset {
  /// The targets in the encoding of `loss`.
  ///
  /// Classes are classes for a loss of numbers, too, such as the squared error: two of them are 0 and 1 for one output (-1
  /// and 1 where that goes from -1 to 1, as tanh's does), several are one-hot for one output each.
  ///
  /// - Parameters:
  ///   - loss: decides between numbers and classes.
  ///   - known: the classes that a network knows already; nil to take those that occur.
  ///   - network: whose outputs are compared with the targets; nil for one of an output a class, of two classes one output.
  /// - Throws: for text where numbers are wanted, a class that is not among `classes`, too few or too many classes, numbers
  ///   that the loss has no meaning for.
  public func encoded(
    for loss: some Loss, classes known: [String]? = nil, by network: Network? = nil
  ) throws -> EncodedTargets {
    var encoded = try encoding(for: loss, classes: known, by: network)
    if !encoded.encoding.isClassification { encoded.standardization = targetStandardization }
    try loss.checkTargets(encoded.values, classes: encoded.classes.count)
    return encoded
  }

  /// Whether the one target column stands for classes, whatever the loss.
  var holdsClasses: Bool {
    guard targets.count == 1, let target = targets.first else { return false }
    if case .text(let cells) = target.cells {
      // A text among numbers is a mistake in a column of numbers.
      return 2 * cells.count { DecimalValue($0) != nil } <= cells.count
    }
    return target.holdsClasses
  }

  /// The samples, whose numbers stand for classes if a metric that was asked for has a meaning for nothing else.
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
          "\(type(of: loss).name) got \(network?.output.reduce(1, *) ?? 0) outputs for \(count) classes",
          at: "network.layers",
          expected: count == 2 ? "one output, or one a class" : "one output a class",
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
          remedy: "use data of the classes that the network learned, or train it with this class, too")
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
        "\(type(of: loss).name) separates two classes, but there \(count == 1 ? "is" : "are") \(count): "
          + classes.prefix(8).joined(separator: ", "), at: "column '\(first.name)'", expected: "two classes",
        remedy: count > 20
          ? "are these numbers to be predicted? use mean_squared_error"
          : "use sparse_categorical_crossentropy with one unit a class")
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
        [indices.count, count], for: "one number a class for \(indices.count) samples of \(count) classes", share: 0.15,
        at: "training.loss", remedy: "use sparse_categorical_crossentropy, which needs one number a sample")
      var values = [Float](repeating: 0, count: numbers)
      for (row, index) in indices.enumerated() { values[row * count + index] = 1 }
      return EncodedTargets(
        values: Tensor(unchecked: [indices.count, count], values), encoding: encoding, classes: classes)
    }
  }

  /// All target columns as numbers: regression, several labels a sample as 0 and 1, or the probabilities of classes.
  private func numeric(_ encoding: TargetEncoding, of loss: String, known: [String]?) throws -> EncodedTargets {
    let columns = try targets.map { try $0.numbers() }
    if let own = targetStandardization, own.mean.count != columns.count {
      throw GliaError("a standardization of \(own.mean.count) targets", at: name, expected: "\(columns.count)")
    }
    if encoding == .index {
      throw GliaError(
        "\(loss) needs one target column with classes, but there are \(targets.count)", at: "data.target",
        expected: "one column", remedy: "use categorical_crossentropy with one column a class")
    }
    if encoding.isClassification, encoding != .oneHot {
      for (column, numbers) in zip(targets, columns) {
        guard let row = numbers.firstIndex(where: { $0 != 0 && $0 != 1 }) else { continue }
        throw GliaError(
          "a label is \(numbers[row])", at: "column '\(column.name)', sample \(row)",
          expected: "0 or 1 in every target column")
      }
    }
    if let targetStandardization, encoding == .values {
      let exact = try targets.map { try $0.doubles() }
      let width = exact.count
      let values = targetStandardization.applied(count * width) { exact[$0 % width][$0 / width] }
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

  /// Whether every row of `width` numbers is one of probabilities, with the sum 1 as decimals have it.
  package static func areDistributions(_ values: [Float], width: Int) -> Bool {
    stride(from: 0, to: values.count, by: width).allSatisfy { row in
      let numbers = values[row..<row + width]
      return numbers.allSatisfy { $0 >= 0 } && abs(numbers.reduce(0) { $0 + Double($1) } - 1) <= 1e-4
    }
  }
}

extension Network {
  /// How `count` classes are read from the outputs for a loss of numbers; nil if there are too few or too many of them.
  func encoding(ofClasses count: Int) -> TargetEncoding? {
    let outputs = output.reduce(1, *)
    if outputs == 1, count <= 2 {
      let isSigned = layers.last?.separatingActivation()?.activation.range?.lowerBound == -1
      return .binary(negative: isSigned ? -1 : 0, positive: 1)
    }
    return outputs == count ? .oneHot : nil
  }
}

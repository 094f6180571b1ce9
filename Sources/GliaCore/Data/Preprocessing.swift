/// What turns the features of a table into the inputs of a network: fitted preprocessors, then standardization.
public struct Preprocessing: Hashable, Sendable {
  /// The preprocessors with what they learned, in order.
  public var steps: [PreprocessingStep]
  /// The standardization of the features that result, if any.
  public var standardization: Standardization?

  /// Creates the preprocessing; without arguments, features are not changed.
  public init(steps: [PreprocessingStep] = [], standardization: Standardization? = nil) {
    (self.steps, self.standardization) = (steps, standardization)
  }

  /// Whether features are not changed.
  public var isEmpty: Bool { steps.isEmpty && standardization == nil }

  /// Its effect, in a few words.
  public var effect: String {
    (steps.map(\.name) + [standardization?.effect].compactMap(\.self)).joined(separator: ", ")
  }

  /// Returns the inputs of the network for features that are called `names`, one sample per row.
  ///
  /// A value without a result, such as the logarithm of a negative number, is filled in if missing values are, and NaN otherwise.
  /// - Throws: `GliaError` if a feature is missing, or the number of features does not fit.
  public func callAsFunction(_ features: Tensor, names: [String]) throws -> Tensor {
    guard !steps.isEmpty else { return try standardization.map { try $0(features) } ?? features }
    return try inputs(of: Dataset(name: "features", inputs: features, inputNames: names, targets: [], mayMiss: true))
  }

  /// Returns the inputs of the network for samples, in full precision.
  func inputs(of data: Dataset) throws -> Tensor {
    guard data.steps != steps else { return try data.standardized(by: standardization).inputs }
    guard !steps.isEmpty else { return try data.original.standardized(by: standardization).inputs }
    let features = try features(of: data)
    let (count, width) = (data.count, features.count)
    if let standardization {
      guard standardization.mean.count == width else {
        throw GliaError("a standardization for \(standardization.mean.count) features", expected: "\(width)")
      }
      return Tensor(
        unchecked: [count, width], standardization.applied(count * width) { features[$0 % width].values[$0 / width] })
    }
    return Tensor(unchecked: [count, width], features.rows(count).map { Float($0) })
  }

  /// Returns all features of the samples after the steps.
  func features(of data: Dataset) throws -> [Feature] {
    try GliaError.locating("preprocessing") {
      try steps.reduce(data.unprocessed.features) { try $1.applied(to: $0) }
    }
  }

  /// Returns the features after the steps, as they are called.
  public func names(of features: [String]) throws -> [String] {
    try steps.reduce(features.map { Feature($0, []) }) { try $1.applied(to: $0) }.map(\.name)
  }

  /// Fits `preprocessors` to the training part; each one gets the results of those before it.
  init(fitting preprocessors: [any Preprocessor], to training: Dataset) throws {
    self.init()
    guard !preprocessors.isEmpty else { return }
    var features = training.features
    for (index, preprocessor) in preprocessors.enumerated() {
      try GliaError.locating("preprocessing.\(index)") {
        guard
          let step = try PreprocessingStep(
            fitting: preprocessor, to: features, sparing: try indices(features), rowNumbers: training.rowNumbers)
        else { return }
        features = try step.applied(to: features)
        steps.append(step)
      }
    }
  }

  /// The names of the features that are indices of categories.
  private func indices(_ features: [Feature]) throws -> Set<String> {
    let names = features.map(\.name)
    return Set(names).subtracting(try inputLayers(names).features)
  }

  /// Whether some of the network's inputs are indices of categories, for features that are called `names`.
  package func hasIndices(_ names: [String]) throws -> Bool { try !inputLayers(self.names(of: names)).layers.isEmpty }

  /// Returns the layers to put before the network for features that are called `names` after the steps, and the features that
  /// they pass on.
  func inputLayers(_ names: [String]) throws -> (layers: [any Layer], features: [String]) {
    var (layers, names): ([any Layer], [String]) = ([], names)
    for step in steps {
      guard let next = try step.inputLayer(names) else { continue }
      layers.append(next.layer)
      names = next.features
    }
    return (layers, names)
  }
}

extension Dataset {
  /// The features, in double precision.
  var features: [Feature] {
    let width = inputs.width
    return inputNames.enumerated().map { column, name in
      Feature(
        name,
        stride(from: column, to: inputs.values.count, by: width).map { exact?[$0] ?? Double(inputs.values[$0]) })
    }
  }

  /// The smallest and the largest known value of each feature; nil if a feature has none.
  var featureRanges: [ClosedRange<Double>]? {
    let width = inputs.width
    var ranges = [ClosedRange<Double>?](repeating: nil, count: width)
    var column = 0
    for i in inputs.values.indices {
      let value = exact?[i] ?? Double(inputs.values[i])
      if !value.isNaN {
        ranges[column] = ranges[column].map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
      }
      column = column + 1 == width ? 0 : column + 1
    }
    let known = ranges.compactMap(\.self)
    return known.count == width ? known : nil
  }

  /// Returns the samples with their features preprocessed; samples that are preprocessed already are taken as they were before.
  public func preprocessed(by wanted: Preprocessing, mayMiss: Bool = false) throws -> Dataset {
    guard wanted.steps != steps else { return try standardized(by: wanted.standardization) }
    guard !wanted.steps.isEmpty else { return try original.standardized(by: wanted.standardization) }
    let source = unprocessed
    let features = try wanted.features(of: source)
    let fills = wanted.standardization?.fill != nil || mayMiss
    for feature in features {
      guard let row = feature.values.firstIndex(where: { $0.isNaN && !fills || $0.isInfinite }) else { continue }
      func place(_ row: Int) -> String { "\(name), row \((rowNumbers?[row] ?? row + 1).grouped)" }
      throw try wanted.undefinedValue(in: source, fills: fills, at: place)
        ?? GliaError(
          "feature '\(feature.name.excerpt)' becomes \(feature.values[row])", at: place(row),
          expected: "a finite number, as in the training part",
          remedy: "remove the sample, or choose another preprocessor")
    }
    var changed = try Dataset(
      name: name, exact: features.rows(count),
      inputNames: features.map(\.name), targets: targets, weights: weights, mayMiss: fills)
    (changed.targetScaling, changed.warnings) = (targetScaling, warnings)
    (changed.keys, changed.rowNumbers) = (keys, rowNumbers)
    changed.keepOriginal(source, steps: wanted.steps)
    return try changed.standardized(by: wanted.standardization)
  }
}

extension [Feature] {
  /// The values of `count` samples, one after the other.
  fileprivate func rows(_ count: Int) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count * self.count)
    for row in 0..<count { for feature in self { values.append(feature.values[row]) } }
    return values
  }
}

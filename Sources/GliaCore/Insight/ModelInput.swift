/// An input of a model as its data source names it: a number, or a category that takes one feature for each of its values.
public struct ModelInput: Hashable, Sendable {
  /// The name: that of the feature, or of the category.
  public let name: String
  /// The indices of its features.
  public let features: [Int]
  /// The value that each feature stands for; empty for a number.
  public let values: [String]

  /// Creates an input from its features.
  public init(_ name: String, features: [Int], values: [String] = []) {
    (self.name, self.features, self.values) = (name, features, values)
  }

  /// Whether it is a category.
  public var isCategory: Bool { !values.isEmpty }
}

extension Model {
  /// Returns the inputs whose features are those of `data`, in order; the features of a category, such as `city=Paris` and
  /// `city=Rome`, are one input `city`.
  public func inputs(of data: Dataset) -> [ModelInput] {
    let names = data.inputNames
    let columns = experiment.data?.columns(ofFeatures: names) ?? names
    var order: [String] = []
    var features: [String: [Int]] = [:]
    for (feature, column) in zip(names.indices, columns) {
      if features[column] == nil { order.append(column) }
      features[column, default: []].append(feature)
    }
    return order.map { column in
      let own = features[column] ?? []
      let isNumber = own.count == 1 && names[own[0]] == column
      return ModelInput(column, features: own, values: isNumber ? [] : own.map { Self.value(names[$0], of: column) })
    }
  }

  private static func value(_ feature: String, of column: String) -> String {
    feature.hasPrefix("\(column)=") ? String(feature.dropFirst(column.count + 1)) : feature
  }
}

extension Dataset {
  /// Returns the number in feature `feature` of sample `row`, in full precision.
  func number(_ row: Int, _ feature: Int) -> Double {
    let place = row * inputs.width + feature
    return exact?[place] ?? Double(inputs.values[place])
  }

  /// Returns the samples with other numbers in the given features.
  func replacing(features: [Int], with number: (_ row: Int, _ feature: Int) -> Double) throws -> Dataset {
    let width = inputs.width
    var (values, exact) = (inputs.values, exact)
    for row in 0..<count {
      for feature in features {
        let other = number(row, feature)
        values[row * width + feature] = Float(other)
        exact?[row * width + feature] = other
      }
    }
    var replaced = try Dataset(
      name: name, inputs: Tensor(unchecked: inputs.shape, values), exact: exact, inputNames: inputNames,
      targets: targets, weights: weights, mayMiss: true)
    replaced.targetScaling = targetScaling
    return replaced
  }
}

import Glia

extension ONNXGraphReader {
  /// Adds the numbers that an encoder replaces text with: both encoders are linear functions of the indicators of the values.
  mutating func encoding(_ operation: ONNXOperation) throws -> Int? {
    guard ["OneHotEncoder", "LabelEncoder"].contains(operation.name), let text = operation.text(0) else { return nil }
    let encoder = try ONNXTextEncoder(operation)
    let places = try text.columns.map { try features(of: encoder.values, in: $0, operation) }
    let width = flow.steps[0].count
    guard let numbers = encoder.numbers else {
      let shape = text.shape + [encoder.values.count]
      let selection = ImportedPiece.selection(places.flatMap { $0 }, inputs: width)
      return try append(
        .pieces(shape.count == 1 ? [selection] : [selection, .reshape(shape)]), [0], shape: shape, for: operation)
    }
    try budget.charge(places.count, times: width, at: operation.place)
    var weight = [Double](repeating: 0, count: places.count * width)
    for (row, features) in places.enumerated() {
      for (place, number) in zip(features, numbers) { weight[row * width + place] = number - encoder.standard }
    }
    let bias = places.map { _ in encoder.standard }
    return try append(
      .pieces([.dense(weight: weight, bias: bias, inputs: width)]), [0], shape: text.shape, for: operation)
  }

  /// The features of some values of a column of text.
  private func features(of values: [String], in column: Int, _ operation: ONNXOperation) throws -> [Int] {
    let start = inputs.categories[column].lowerBound
    try budget.charge(inputs.categories[column].count + values.count, at: operation.place)
    let places = Dictionary(inputs.text.columns[column].values.enumerated().map { ($1, start + $0) }) { first, _ in
      first
    }
    return values.compactMap { places[$0] }
  }
}

extension Preprocessing {
  /// Returns the error for the first value without a result, such as the logarithm of a negative number; nil if there is none.
  ///
  /// - Parameters:
  ///   - data: the samples before preprocessing.
  ///   - fills: whether values without a result are filled in, unless they are infinite.
  ///   - place: the place of a sample.
  package func undefinedValue(
    in data: Dataset, fills: Bool = false, at place: (_ sample: Int) -> String
  ) throws -> GliaError? {
    var features = data.unprocessed.features
    for step in steps {
      let (own, others) = (Set(step.columns), Set(features.map(\.name)).subtracting(step.columns))
      let before = features.filter { own.contains($0.name) }
      features = try step.applied(to: features)
      for feature in features where !others.contains(feature.name) {
        let row = feature.values.indices.first { row in
          let value = feature.values[row]
          return (value.isInfinite || value.isNaN && !fills) && before.allSatisfy { $0.values[row].isFinite }
        }
        guard let row else { continue }
        let values = before.prefix(3).map { "\($0.name.excerpt) = \(Column.label($0.values[row]))" }
        return GliaError(
          "\(step.name) has no result for \(values.joined(separator: ", "))",
          at: "\(place(row)), preprocessing (\(step.name))",
          expected: "a value as in the training part",
          remedy: "correct or remove the row, or choose another preprocessor")
      }
    }
    return nil
  }
}

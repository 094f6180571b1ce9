extension Dataset {
  /// Returns the same samples with other ``keys``.
  ///
  /// - Throws: `GliaError` if counts differ, names are not unique, or a number is not finite.
  public func keyed(by keys: [Column]) throws -> Dataset {
    guard Set(keys.map(\.name)).count == keys.count else {
      throw GliaError(
        "several keys have the same name", at: name, expected: "different names, not \(keys.map(\.name.excerpt))")
    }
    for key in keys {
      let place = "column '\(key.name.excerpt)'"
      guard key.count == count else {
        throw GliaError("\(count) samples but \(key.count) keys", at: place, expected: "one key for each sample")
      }
      guard case .numbers(let numbers) = key.cells, let bad = numbers.firstIndex(where: { !$0.isFinite }) else {
        continue
      }
      throw GliaError(
        numbers[bad].isNaN ? "a missing value" : "the number \(numbers[bad])", at: "\(place), sample \(bad)",
        expected: "a value for every sample, because a split groups or orders by this column",
        remedy: "fill it in, or remove the sample")
    }
    var keyed = self
    keyed.keys = keys
    return keyed
  }

  /// Returns the key, feature or target called `name`, features as they were before ``standardization``.
  ///
  /// - Throws: `GliaError` if there is no such column.
  public func column(named name: String) throws -> Column {
    if let column = (keys + targets).first(where: { $0.name == name }) { return column }
    guard let feature = inputNames.firstIndex(of: name) else {
      let known = keys.map(\.name) + inputNames + targets.map(\.name)
      throw GliaError(
        "no column '\(name.excerpt)'", at: self.name, expected: "one of \(known.prefix(20).joined(separator: ", "))",
        remedy: Suggestion.nearest(to: name, among: known).map { "did you mean '\($0.excerpt)'?" })
    }
    let samples = unstandardized()
    return Column(
      name,
      numbers: stride(from: feature, to: inputs.values.count, by: inputs.width).map {
        samples.exact?[$0] ?? Double(samples.inputs.values[$0])
      })
  }

  /// Returns the samples without the features called `names`; throws if none remains.
  package func withoutFeatures(of names: [String]) throws -> Dataset {
    let kept = inputNames.indices.filter { !names.contains(inputNames[$0]) }
    guard kept.count < inputNames.count else { return self }
    guard !kept.isEmpty else {
      throw GliaError(
        "no feature remains: the samples are grouped by '\(inputNames[0].excerpt)'", at: name,
        expected: "a feature by which the samples are not grouped")
    }
    return try selecting(features: kept)
  }
}

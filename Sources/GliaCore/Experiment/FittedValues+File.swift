extension FittedValues {
  /// Writes the values as metadata.
  func write(to file: inout SafeTensors) throws {
    func set(_ key: String, _ value: (some Encodable)?) throws {
      file.metadata["glia.\(key)"] = try value.map { try ComponentEncoder().encode($0).text() }
    }
    try set("threshold", threshold)
    try set("temperature", temperature)
    try set("intervals", intervals)
    try set("class_weights", classWeights)
    try set("feature_ranges", featureRanges)
  }

  /// Reads the values from metadata; throws for numbers out of range, and intervals that do not fit `outputs`.
  init(_ file: SafeTensors, outputs: Int) throws {
    self.init()
    func value<Value: Decodable>(_ key: String, _ expected: String, where isRight: (Value) -> Bool) throws -> Value? {
      let name = "glia.\(key)"
      guard let text = file.metadata[name] else { return nil }
      let value = try ComponentDecoder().decode(Value.self, from: JSON(parsing: text, name: name), at: name)
      guard isRight(value) else { throw GliaError("an invalid \(key)", at: name, expected: expected) }
      return value
    }
    threshold = try value("threshold", "a finite number", where: \.isFinite)
    temperature = try value("temperature", "a number from 0.001 to 1000") { 0.001...1000 ~= $0 }
    intervals = try value("intervals", "a level between 0 and 1, and a radius of at least 0 for every output") {
      (own: PredictionIntervals) in
      own.level > 0 && own.level < 1 && own.radius.count == outputs
        && own.radius.allSatisfy { $0 >= 0 && $0.isFinite }
    }
    classWeights = try value("class_weights", "finite numbers of at least 0") { (weights: [Float]) in
      !weights.isEmpty && weights.allSatisfy { $0 >= 0 && $0.isFinite }
    }
    featureRanges = try value("feature_ranges", "two finite numbers for each feature, the smaller first") {
      (ranges: [ClosedRange<Double>]) in
      ranges.allSatisfy { $0.lowerBound.isFinite && $0.upperBound.isFinite }
    }
  }
}

/// The samples of an experiment, divided by its split, before standardization.
package struct DividedSamples {
  /// The indices of the samples in each part.
  package let parts: SplitParts
  /// The samples that the network learns from.
  package let training: Dataset
  /// The samples that decide when to stop, if any.
  package let validation: Dataset?
  /// The samples for the final evaluation, if any: those of the test part, or of a separate file.
  package let test: Dataset?
}

extension Experiment {
  /// Divides `data`, the samples of this experiment, and reads a separate test file.
  ///
  /// - Throws: ``GliaError`` if there are no training samples, or the file does not fit the samples.
  package func divide(_ data: Dataset) throws -> DividedSamples {
    let parts = try split?.parts(of: data) ?? SplitParts(training: Array(0..<data.count))
    for part in [parts.training, parts.validation, parts.test] {
      try GliaError.locating("split") { try part.require(below: data.count, "sample") }
    }
    guard let training = try data.part(parts.training) else {
      throw GliaError("the training part is empty", at: "split", expected: "at least one sample to learn from")
    }
    return DividedSamples(
      parts: parts, training: training, validation: try data.part(parts.validation),
      test: try testFile(like: data) ?? data.part(parts.test))
  }

  /// Returns the samples of the separate test file, if there is one.
  private func testFile(like data: Dataset) throws -> Dataset? {
    guard let path = split?.testFile, let source = self.data else { return nil }
    return try source.loadUnstandardized(file: path, like: data)
  }
}

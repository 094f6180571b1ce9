// Warnings about how the division of the samples affects the results.

extension Experiment {
  /// Returns warnings about a test part that is small, not later in time, lacks classes, or repeats training samples.
  ///
  /// - Parameter hasClasses: whether this is a classification.
  func splitWarnings(of data: Dataset, _ samples: DividedSamples, hasClasses: Bool) -> [String] {
    guard let split, split.isDisjoint else { return [] }
    let own = split.testFile == nil ? [] : samples.test?.warnings.map { "test file: \($0)" } ?? []
    return own
      + [
        samples.test.flatMap { smallTest($0, split) }, timeOrder(of: data, split),
        samples.test.flatMap { hasClasses ? data.untestedClasses(in: $0, split) : nil },
        samples.test.flatMap(samples.training.repeatedSamples),
      ].compactMap(\.self)
  }

  private func smallTest(_ test: Dataset, _ split: any Split) -> String? {
    guard test.count < 30, !split.isFold else { return nil }
    return
      "the test part has only \(test.count.counted("sample")): its results are imprecise; use a larger part, or "
      + "cross-validation (--folds 5)"
  }

  private func timeOrder(of data: Dataset, _ split: any Split) -> String? {
    guard split.isRandom, let time = data.timeColumn() else { return nil }
    return
      "the rows are in the order of '\(time.excerpt)', and a random split lets the network learn from later rows than it is "
      + "tested on, so the results may be too optimistic; use \"order\": \"\(time.excerpt)\" in the split"
  }
}

extension Dataset {
  fileprivate func untestedClasses(in test: Dataset, _ split: any Split) -> String? {
    guard targets.count == 1, test.count > 1 || !split.isFold else { return nil }
    let all = Set(targets[0].labels)
    let classes = all.sorted()
    let index = ClassIndex(classes)
    let tested = Set(test.targets[0].texts.compactMap { index[$0] })
    let untested = classes.indices.filter { !tested.contains($0) }
    guard let first = untested.first.map({ classes[$0] }) else { return nil }
    return
      "the test part has no sample of \(untested.count.grouped) of \(all.count.counted("class", plural: "classes")), "
      + "such as '\(first.excerpt)', so the results do not show how well they are recognized; "
      + (split.stratify
        ? "more samples of them are needed"
        : split.keys.names.isEmpty ? "use \"stratify\": true, or a larger part" : "use a larger part")
  }

  /// Rows that were duplicated before the division occur in both the training and the test part.
  fileprivate func repeatedSamples(in test: Dataset) -> String? {
    let learned = Set(digests)
    let repeated = test.digests.count(where: learned.contains)
    // A few equal rows are coincidence.
    guard 20 * repeated > test.count, repeated > 1 else { return nil }
    return
      "\(repeated.grouped) of \(test.count.counted("test sample")) equal a training sample in all features and targets; "
      + "remove duplicates before splitting, or the results will be too optimistic"
  }

  /// A digest of the features and targets of each sample.
  private var digests: [Int] {
    let texts = targets.map(\.texts)
    return (0..<count).map { row in
      var hasher = Hasher()
      for input in inputs.values[row * inputs.width..<(row + 1) * inputs.width] { hasher.combine(input) }
      for column in texts { hasher.combine(column[row]) }
      return hasher.finalize()
    }
  }
}

// Warnings about how the division of the samples affects the results.

extension Experiment {
  /// Returns warnings about a test part that is small, not later in time, lacks classes, or repeats training samples.
  ///
  /// - Parameter hasClasses: whether this is a classification.
  func splitWarnings(of data: Dataset, _ parts: SplitParts, hasClasses: Bool) -> [String] {
    guard let split, split.isDisjoint else { return [] }
    return [
      smallTest(parts), timeOrder(of: data, split), hasClasses ? data.untestedClasses(parts, split) : nil,
      data.repeatedSamples(parts),
    ].compactMap(\.self)
  }

  private func smallTest(_ parts: SplitParts) -> String? {
    guard 1..<30 ~= parts.test.count else { return nil }
    return
      "the test part has only \(parts.test.count.counted("sample")): its results are imprecise; use a larger part, or "
      + "cross-validation (--folds 5)"
  }

  private func timeOrder(of data: Dataset, _ split: any Split) -> String? {
    guard split.isRandom, let time = data.timeColumn() else { return nil }
    return
      "the rows are in the order of '\(time.excerpt)', and a random split lets the network learn from later rows than it is "
      + "tested on; test on later rows than it learns from, or the results will be too optimistic"
  }
}

extension Dataset {
  fileprivate func untestedClasses(_ parts: SplitParts, _ split: any Split) -> String? {
    guard !parts.test.isEmpty, targets.count == 1 else { return nil }
    let labels = targets[0].labels
    let all = Set(labels)
    let untested = all.subtracting(parts.test.map { labels[$0] })
    guard let first = untested.min() else { return nil }
    return
      "the test part has no sample of \(untested.count.grouped) of \(all.count.counted("class", plural: "classes")), "
      + "such as '\(first.excerpt)', so the results do not show how well they are recognized; "
      + (split.stratify ? "more samples of them are needed" : "use \"stratify\": true, or a larger part")
  }

  /// Rows that were duplicated before the division occur in both the training and the test part.
  fileprivate func repeatedSamples(_ parts: SplitParts) -> String? {
    guard !parts.test.isEmpty else { return nil }
    let texts = targets.map(\.texts)
    func digest(_ row: Int) -> Int {
      var hasher = Hasher()
      for input in inputs.values[row * inputs.width..<(row + 1) * inputs.width] { hasher.combine(input) }
      for column in texts { hasher.combine(column[row]) }
      return hasher.finalize()
    }
    let learned = Set(parts.training.map(digest))
    let repeated = parts.test.count { learned.contains(digest($0)) }
    // A few equal rows are coincidence.
    guard 20 * repeated > parts.test.count, repeated > 1 else { return nil }
    return
      "\(repeated.grouped) of \(parts.test.count.counted("test sample")) equal a training sample in all features and targets; "
      + "remove duplicates before splitting, or the results will be too optimistic"
  }
}

import GliaCore

/// Checks a data source: the number of samples, reproducibility, variety of inputs and targets, and settings.
///
/// - Parameters:
///   - source: the data source; if it has required settings, placeholders are not loaded.
///   - registry: the registry for components among its settings.
public func checkDataSource(_ source: any DataSource, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(source)
  guard found.checkSettings(of: source, registry), type(of: source).init().missingSettings.isEmpty else {
    return found.results
  }
  found.expectNoError("load") { found in
    let (data, again) = (try source.load(), try source.load())
    found.expect(
      "same seed, same bits",
      data.inputs.values.hasSameBits(as: again.inputs.values) && data.targets == again.targets,
      "the same settings give different samples the second time")
    if let samples = try JSON(part: source)["samples"]?.int {
      found.expect("samples", data.count == samples, "\(data.count) samples instead of \(samples)")
    }
    found.expect("targets", !data.targets.isEmpty, "there is no target column")
    let names = data.inputNames + data.targets.map(\.name)
    found.expect(
      "input names", Set(names).count == names.count && !names.contains(""),
      "columns need unique names, but they are \(names)")
    data.checkVariety(&found)
  }
  found.checkEffects(of: source.reduced(registry), registry) { source in
    let data = try source.load()
    return data.inputs.values + data.targets.flatMap { $0.labels.flatMap { $0.utf8.map { Float($0) } } }
  }
  return found.results
}

extension DataSource {
  /// The same source with fewer samples, which suffice to see the effect of a setting.
  fileprivate func reduced(_ registry: Registry) -> Self {
    guard var settings = (try? JSON(part: self))?.object, let samples = settings["samples"]?.int, samples > 200 else {
      return self
    }
    settings["samples"] = 200
    return (try? Findings.read(Self.self, .object(settings), like: self, registry)) ?? self
  }
}

/// Checks a split: indices are valid and unique, the parts are disjoint, and the result is reproducible.
///
/// - Parameters:
///   - split: the split.
///   - registry: the registry for components among its settings.
public func checkSplit(_ split: any Split, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(split)
  guard found.checkSettings(of: split, registry) else { return found.results }
  found.expectNoError("parts") { found in
    var random = Random(seed: 41)
    let inputs = try Tensor(shape: [60, 2], random.points(120, -1, 1))
    let classes = (0..<60).map { $0 % 3 == 0 ? "a" : "b" }
    let data = try Dataset(inputs: inputs, targets: [Column("class", text: classes)])
    let (parts, again) = (try split.parts(of: data), try split.parts(of: data))
    found.expect("same seed, same parts", parts == again, "the same settings give different parts the second time")
    parts.check(split, of: data, &found)
    let all = [("training", parts.training), ("validation", parts.validation), ("test", parts.test)]
    found.expect("parts", !parts.training.isEmpty, "the training set is empty")
    for (name, part) in all {
      found.expect(
        "parts", part.allSatisfy((0..<60).contains),
        "the \(name) set has invalid sample indices")
      found.expect("parts", Set(part).count == part.count, "the \(name) set has duplicate samples")
    }
    let learned = Set(parts.training)
    for (name, part) in all.dropFirst() {
      let shared = learned.intersection(part).count
      found.expect(
        "disjoint parts", shared == 0 || learned == Set(part),
        "\(shared) samples of the \(name) set are also in the training set")
    }
    found.checkEffects(of: split, registry) { split in
      let parts = try split.parts(of: data)
      return (parts.training + [-1] + parts.validation + [-1] + parts.test).map { Float($0) }
    }
  }
  return found.results
}

extension SplitParts {
  /// Checks that every sample is used, the validation and test sets are disjoint, and the fractions are as requested.
  fileprivate func check(_ split: any Split, of data: Dataset, _ found: inout Findings) {
    // Samples later than the test part are in no part.
    let isOrdered = (try? JSON(part: split))?["order"]?.string != nil
    let lost = isOrdered ? 0 : Set(0..<data.count).subtracting(training + validation + test).count
    found.expect("every sample", lost == 0, "\(lost) of \(data.count) samples are not in any part")
    let (validated, tested) = (Set(validation), Set(test))
    let shared = validated.intersection(tested).count
    found.expect(
      "disjoint parts", shared == 0 || validated == tested, "\(shared) samples are in both validation and test sets")
    let settings = try? JSON(part: split)
    for (name, part) in [("test", test), ("validation", validation)] {
      guard let fraction = settings?[name]?.double, (0..<1).contains(fraction) else { continue }
      found.compare(
        "fractions", [Double(part.count)], [fraction * Double(data.count)], within: Tolerance(absolute: 2, relative: 0),
        got: "it has", wanted: "the fraction \(fraction) requires",
        cause: "a fraction of the remaining samples instead of all samples",
        at: { _ in "the \(name) set of \(data.count) samples" })
    }
  }
}

extension Dataset {
  /// Checks that at least one feature and every target has two or more distinct values.
  fileprivate func checkVariety(_ found: inout Findings) {
    let varies = inputs.values.indices.contains { inputs.values[$0] != inputs.values[$0 % inputs.width] }
    found.expect(
      "variety", varies || count < 2,
      "all \(count.grouped) samples have the same features\nlikely cause: the same numbers are used for every sample")
    for target in targets {
      found.expect(
        "variety", Set(target.labels).count > 1 || count < 2,
        "the target \(target.name) is the same in all \(count.grouped) samples, so there is nothing to learn")
    }
  }
}

import GliaCore

/// Checks a data source: the samples that it says, the same ones every time, something to learn, and settings that count.
///
/// - Parameters:
///   - source: the data source; one with a setting that must be given is not loaded with its placeholder.
///   - registry: where components among its settings are found.
public func checkDataSource(_ source: any DataSource, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(source)
  guard found.checkSettings(of: source, registry), source.missingSettings.isEmpty else {
    return found.results
  }
  found.expectNoError("load") { found in
    let (data, again) = (try source.load(), try source.load())
    found.expect(
      "equal seed, equal bits",
      data.inputs.values.hasSameBits(as: again.inputs.values) && data.targets == again.targets,
      "the same settings give other samples the second time")
    if let samples = try JSON(part: source)["samples"]?.int {
      found.expect("samples", data.count == samples, "\(data.count) samples instead of \(samples)")
    }
    found.expect("targets", !data.targets.isEmpty, "there is nothing to learn: no target column")
    let names = data.inputNames + data.targets.map(\.name)
    found.expect(
      "input names", Set(names).count == names.count && !names.contains(""),
      "columns need names of their own, but they are \(names)")
    data.checkVariety(&found)
  }
  found.checkEffects(of: source, registry) { source in
    let data = try source.load()
    return data.inputs.values + data.targets.flatMap { $0.labels.flatMap { $0.utf8.map { Float($0) } } }
  }
  return found.results
}

/// Checks a split: every part has samples that exist, once; the test part is not learned from; the same parts every time.
///
/// - Parameters:
///   - split: the split.
///   - registry: where components among its settings are found.
public func checkSplit(_ split: any Split, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(split)
  guard found.checkSettings(of: split, registry) else { return found.results }
  found.expectNoError("parts") { found in
    var random = Random(seed: 41)
    let inputs = try Tensor(shape: [60, 2], random.points(120, -1, 1))
    let classes = (0..<60).map { $0 % 3 == 0 ? "a" : "b" }
    let data = try Dataset(inputs: inputs, targets: [Column("class", text: classes)])
    let (parts, again) = (try split.parts(of: data), try split.parts(of: data))
    found.expect("equal seed, equal parts", parts == again, "the same settings give other parts the second time")
    parts.check(split, of: data, &found)
    let all = [("training", parts.training), ("validation", parts.validation), ("test", parts.test)]
    found.expect("parts", !parts.training.isEmpty, "nothing is left to learn from")
    for (name, part) in all {
      found.expect(
        "parts", part.allSatisfy((0..<60).contains),
        "the \(name) part has samples that do not exist")
      found.expect("parts", Set(part).count == part.count, "the \(name) part has samples twice")
    }
    let learned = Set(parts.training)
    for (name, part) in all.dropFirst() {
      let shared = learned.intersection(part).count
      found.expect(
        "apart", shared == 0 || learned == Set(part),
        "\(shared) samples of the \(name) part are learned from")
    }
    found.checkEffects(of: split, registry) { split in
      let parts = try split.parts(of: data)
      return (parts.training + [-1] + parts.validation + [-1] + parts.test).map { Float($0) }
    }
  }
  return found.results
}

extension SplitParts {
  /// No sample is lost or serves as validation and test, and a fraction that is asked for is kept.
  fileprivate func check(_ split: any Split, of data: Dataset, _ found: inout Findings) {
    let lost = Set(0..<data.count).subtracting(training + validation + test).count
    found.expect("every sample", lost == 0, "\(lost) of \(data.count) samples are in no part")
    let (validated, tested) = (Set(validation), Set(test))
    let shared = validated.intersection(tested).count
    found.expect(
      "apart", shared == 0 || validated == tested, "\(shared) samples of the test part decide when to stop")
    let settings = try? JSON(part: split)
    for (name, part) in [("test", test), ("validation", validation)] {
      guard let fraction = settings?[name]?.double, (0..<1).contains(fraction) else { continue }
      found.compare(
        "fractions", [Double(part.count)], [fraction * Double(data.count)], within: Tolerance(absolute: 2, relative: 0),
        got: "it has", wanted: "\(name) \(fraction) asks for",
        cause: "a fraction of what is left in place of the whole",
        at: { _ in "the \(name) part of \(data.count) samples" })
    }
  }
}

extension Dataset {
  /// Some feature and every target takes two values at least.
  fileprivate func checkVariety(_ found: inout Findings) {
    let varies = inputs.values.indices.contains { inputs.values[$0] != inputs.values[$0 % inputs.width] }
    found.expect(
      "variety", varies || count < 2,
      "all \(count.grouped) samples have the same features\nlikely cause: they are not drawn anew")
    for target in targets {
      found.expect(
        "variety", Set(target.labels).count > 1 || count < 2,
        "the target \(target.name) is the same in all \(count.grouped) samples: nothing can be learned")
    }
  }
}

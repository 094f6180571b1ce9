import GliaCore

/// Checks a data source: the samples that it says, the same ones every time, and settings.
///
/// - Parameters:
///   - source: the data source; one with a setting that must be given is not loaded with its placeholder.
///   - registry: where components among its settings are found.
public func checkDataSource(_ source: any DataSource, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(source)
  guard found.checkSettings(of: source, registry), type(of: source).requiredSettings.isEmpty else {
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
    found.expect(
      "input names", data.inputNames.count == data.inputs.width,
      "\(data.inputNames.count) names for \(data.inputs.width) features")
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
  }
  return found.results
}

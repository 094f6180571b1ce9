import GliaCore

/// Checks a preprocessor: it learns only in `fit`, treats each sample alone, keeps the number of samples, gives finite values
/// for known ones, gives features of the same names whatever the values, can be saved and read again; and its settings.
///
/// - Parameters:
///   - preprocessor: the preprocessor.
///   - registry: the registry for components among its settings.
public func checkPreprocessor(_ preprocessor: any Preprocessor, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(preprocessor)
  guard found.checkSettings(of: preprocessor, registry) else { return found.results }
  let names = preprocessor.columns.map { $0.replacing("*", with: "x") }
  for samples in [FeatureSamples(names, seed: 3), FeatureSamples(names, seed: 4, missing: true)] {
    guard !names.isEmpty || samples.training.contains(where: preprocessor.isSuited) else { continue }
    do { try found.check(preprocessor, samples, registry) } catch {
      found.expect(
        "features", false,
        "throws for \(samples.note): \(error)\nlikely cause: a case that fit or apply does not expect, such as a constant feature"
      )
    }
  }
  found.checkEffects(of: preprocessor, registry) { preprocessor in
    let features = FeatureSamples(names, seed: 5, missing: true, count: 1500).training
    guard let step = try? PreprocessingStep(fitting: preprocessor, to: features),
      let results = try? step.applied(to: features)
    else { return [] }
    return results.flatMap { $0.values.map { Float($0.isNaN ? -1e9 : $0) } } + results.map { Float($0.name.count) }
  }
  return found.results
}

/// Features of a training part and of other samples: whole numbers of 0 and more, some of them large.
private struct FeatureSamples {
  var training: [Feature]
  var others: [Feature]
  let note: String

  init(_ names: [String], seed: UInt64, missing: Bool = false, count: Int = 60) {
    var random = Random(seed: seed)
    let names = names.isEmpty ? ["a", "b", "c"] : names
    func features(_ count: Int) -> [Feature] {
      names.map { name in
        let values = (0..<count).map { _ in Double(random.below(5) + (random.below(12) == 0 ? 40 : 0)) }
        return Feature(name, values.map { missing && random.below(6) == 0 ? .nan : $0 })
      }
    }
    training = features(count)
    others = features(17)
    note = missing ? "features with missing values" : "features without missing values"
  }
}

extension Findings {
  fileprivate mutating func check(
    _ preprocessor: some Preprocessor, _ samples: FeatureSamples, _ registry: Registry
  ) throws {
    guard let step = try PreprocessingStep(fitting: preprocessor, to: samples.training) else { return }
    let whole = try step.applied(to: samples.others)
    expect(
      "names", try whole.map(\.name) == step.applied(to: samples.training).map(\.name),
      "other samples give features of other names\nlikely cause: names that depend on the values")
    expect("features", !whole.isEmpty, "no feature is left\nlikely cause: apply returns an empty list")
    for (row, _) in (samples.others.first?.values ?? []).enumerated() {
      let single = try step.applied(to: samples.others.map { Feature($0.name, [$0.values[row]]) })
      expect(
        "each sample alone", zip(single, whole).allSatisfy { $0.values[0].bitPattern == $1.values[row].bitPattern },
        "sample \(row) gives other values alone than among others\nlikely cause: statistics computed in apply, not in fit"
      )
      let isKnown = samples.others.allSatisfy { !$0.values[row].isNaN }
      expect(
        "finite values", !isKnown || single.allSatisfy { $0.values[0].isFinite },
        "sample \(row), in which no value is missing, gives \(single.map { $0.values[0] })")
    }
    let read = try PreprocessingStep(
      from: JSON(parsing: step.json.text()), with: registryOf(preprocessor, registry), at: "")
    expect(
      "saved and read",
      try zip(read.applied(to: samples.others), whole).allSatisfy { a, b in
        a.name == b.name && zip(a.values, b.values).allSatisfy { $0.bitPattern == $1.bitPattern }
      }, "what was learned changes when it is saved and read\nlikely cause: a property that Codable leaves out")
  }

  private func registryOf<P: Preprocessor>(_ preprocessor: P, _ registry: Registry) throws -> Registry {
    var registry = registry
    if (try? registry.entry(P.name, of: .preprocessor)) == nil { try registry.register(P.self) }
    return registry
  }
}

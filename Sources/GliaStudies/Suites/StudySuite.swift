import GliaCore

/// Several problems on which optimizers are compared.
///
/// As JSON, a suite is a list of problems: each an experiment with the value of the objective that counts as solved, or without.
///
/// ```json
/// [
///   {"experiment": {"name": "two moons", "data": {"type": "moons"}, …}, "target": 0.1},
///   {"experiment": "spirals", "name": "spirals"},
///   {"experiment": "wine.json", "target": 0.05}
/// ]
/// ```
public struct StudySuite: Sendable {
  /// The name.
  public let name: String
  /// The problems, in order.
  public let problems: [StudyProblem]

  /// Creates a suite.
  ///
  /// - Throws: `GliaError` if it has no problems, or two of the same name.
  public init(_ name: String, _ problems: [StudyProblem]) throws {
    guard !problems.isEmpty else {
      throw GliaError("a suite without problems", expected: "at least one experiment")
    }
    var names: Set<String> = []
    for problem in problems where !names.insert(problem.name).inserted {
      throw GliaError(
        "two problems are called '\(problem.name.excerpt)'", expected: "a name for each problem",
        remedy: "add \"name\"")
    }
    (self.name, self.problems) = (name, problems)
  }

  /// Creates a suite from its JSON form.
  ///
  /// - Parameters:
  ///   - json: the list of problems.
  ///   - name: the name of the suite, for tables.
  ///   - registry: the registry of the components.
  ///   - named: returns the experiment of a text: of a built-in name, or of a file.
  public init(from json: JSON, name: String, with registry: Registry, named: (String) throws -> Experiment) throws {
    guard let items = json.array else {
      throw GliaError(
        "expected a suite, found \(json.found)", expected: "a list of experiments in [ ]")
    }
    try self.init(
      name,
      items.enumerated().map { index, item in
        try GliaError.locating("\(index)") { try StudyProblem(from: item, with: registry, named: named) }
      })
  }
}

extension StudyProblem {
  private static let keys = ["experiment", "name", "target"]

  fileprivate init(from json: JSON, with registry: Registry, named: (String) throws -> Experiment) throws {
    guard let members = json.object, let described = members["experiment"] else {
      throw GliaError(
        json.object == nil ? "expected a problem, found \(json.found)" : "a problem without an experiment",
        expected: "an object with \"experiment\", and perhaps \"target\"")
    }
    for (key, _) in members where !Self.keys.contains(key) {
      throw GliaError(
        "unknown key '\(key.excerpt)'", expected: "one of \(Self.keys.joined(separator: ", "))",
        remedy: Suggestion.nearest(to: key, among: Self.keys).map { "did you mean '\($0)'?" })
    }
    let experiment =
      try described.string.map(named)
      ?? GliaError.locating("experiment") { try Experiment(from: described, with: registry) }
    guard let name = (members["name"] ?? .string(experiment.name)).string, !name.isEmpty else {
      throw GliaError("a problem without a name", at: "name", expected: "a text", remedy: "add \"name\"")
    }
    let target = members["target"].flatMap { $0 == .null ? nil : $0 }
    if let target, target.double?.isFinite != true {
      throw GliaError("the target is \(target.found)", at: "target", expected: "a number")
    }
    self.init(experiment, name: name, target: target?.double)
  }
}

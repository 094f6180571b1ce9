import Glia
import Testing

@testable import GliaStudies

/// The JSON form of suites.
struct StudySuiteTests {
  private func suite(_ json: JSON) throws -> StudySuite {
    try StudySuite(from: json, name: "suite.json", with: .standard) { name in
      guard name == "moons" else { throw GliaError("no experiment '\(name)'") }
      return Experiments.moons()
    }
  }

  @Test func problemsAreReadInOrder() throws {
    let described = try Experiments.moons().json()
    let suite = try suite([
      ["experiment": "moons", "target": 0.2], ["experiment": described, "name": "again"],
    ])
    #expect(suite.problems.map(\.name) == ["moons", "again"])
    #expect(suite.problems.map(\.target) == [0.2, nil])
  }

  @Test(arguments: [
    "{}", "[]", "[1]", "[{}]", #"[{"experiment": "none"}]"#, #"[{"experiment": {"name": 3}}]"#,
    #"[{"experiment": "moons"}, {"experiment": "moons"}]"#, #"[{"experiment": "moons", "target": "low"}]"#,
    #"[{"experiment": "moons", "targets": 1}]"#, #"[{"experiment": "moons", "name": 3}]"#,
    #"[{"experiment": "moons", "name": ""}]"#,
  ])
  func mistakesAreErrors(text: String) throws {
    let error = #expect(throws: GliaError.self) { try suite(JSON(parsing: text)) }
    #expect(error?.what.isEmpty == false)
  }
}

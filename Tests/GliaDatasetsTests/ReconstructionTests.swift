import Glia
import Testing

/// Data whose features are their targets.
struct ReconstructionTests {
  @Test func targetsAreTheFeatures() throws {
    let (moons, data) = (try Moons(samples: 5).load(), try Reconstruction(of: Moons(samples: 5)).load())
    #expect(data.inputs == moons.inputs && data.inputNames == ["x1", "x2"])
    #expect(data.targets.map(\.name) == ["x1", "x2"])
    for column in 0..<2 {
      #expect(data.targets[column].texts == (0..<5).map { "\(moons.inputs.values[2 * $0 + column])" })
    }
  }

  @Test func aNarrowNetworkLearnsALine() throws {
    // All points lie on a line, so one unit is enough for two features.
    let json: JSON = [
      "data": ["type": "reconstruction", "data": ["type": "line"]],
      "network": ["layers": [["type": "dense", "units": 1], ["type": "dense", "units": 2]]],
      "training": ["loss": "mean_squared_error", "optimizer": ["type": "adam", "learning_rate": 0.03], "epochs": 200],
    ]
    var registry = Registry.standard
    try registry.register(Line.self)
    let preparation = try Preparation(Experiment(from: json, with: registry), with: registry)
    var training = try preparation.begin()
    try training.fit()
    #expect(try training.evaluate(preparation.training).loss < 1e-4)
  }

  @Test func settingsAreThoseOfTheData() throws {
    let registry = Registry.standard
    #expect(throws: GliaError.self) { try registry.make((any DataSource).self, named: "reconstruction") }
    let missing: JSON = [
      "type": "reconstruction", "data": ["type": "csv", "path": "a.csv", "target": "y", "missing": "mean"],
    ]
    #expect(throws: GliaError.self) { try registry.make((any DataSource).self, from: missing) }
    let file: JSON = [
      "type": "reconstruction", "data": ["type": "csv", "path": "a.csv", "target": "y", "standardize": true],
    ]
    let source = try registry.make((any DataSource).self, from: file)
    #expect(source.standardize)
    #expect(try JSON(part: source.located(in: "/b"))["data"]?["path"]?.string == "/b/a.csv")
  }

  /// Points (x, -2 x).
  private struct Line: DataSource {
    static let name = "line"
    func load() throws -> Dataset {
      let x = stride(from: Float(-1), through: 1, by: 0.125)
      return try Dataset(inputs: Tensor(rows: x.map { [$0, -2 * $0] }), targets: [Column("y", x.map { $0 })])
    }
  }
}

import Foundation
import Glia
import TestSupport
import Testing

/// Preprocessors as a part of experiments and models.
@Suite("Preprocessing")
struct PipelineTests {
  private func experiment(_ text: String) throws -> Experiment {
    try Experiment(from: JSON(parsing: text), with: .standard)
  }

  private func withFile(_ text: String, _ body: (_ path: String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("glia-\(UUID()).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }

  @Test("a single unit learns XOR from the product of its inputs")
  func xor() throws {
    let preparation = try Preparation(
      experiment(
        """
        {"data": {"type": "xor"}, "preprocessing": [{"type": "polynomial", "interactions_only": true, "columns": ["x1", "x2"]}],
         "network": {"layers": [{"type": "dense", "units": 1, "activation": "sigmoid"}]},
         "training": {"loss": "binary_crossentropy", "optimizer": {"type": "adam", "learning_rate": 0.1}, "epochs": 300}}
        """), with: .standard)
    #expect(preparation.training.inputNames == ["x1", "x2", "x1 x2"])
    var training = try preparation.begin()
    try training.fit()
    let model = preparation.model(of: training.network, classes: training.classes)
    #expect(model.columns == ["x1", "x2"])
    #expect(try model.evaluate(preparation.training).metrics[0].value == 1)
    #expect(try model.evaluate(XOR().load()).metrics[0].value == 1)
  }

  /// Twelve rows, the last two of which are the test part.
  private static func table(_ test: String) -> String {
    "city,area,y\n" + (0..<10).map { "\(["Rome", "Oslo", "Bonn"][$0 % 3]),\($0 * $0),\($0)\n" }.joined() + test
  }

  private static let steps = """
    [{"type": "quantile", "columns": ["area"]}, {"type": "polynomial", "columns": ["area"]},
     {"type": "robust", "columns": ["area*"]}, {"type": "embedding", "columns": ["city"]}]
    """

  private func prepared(_ path: String) throws -> Preparation {
    try Preparation(
      experiment(
        """
        {"data": {"type": "csv", "path": "\(path)", "target": "y", "categories": ["city"], "unknown": "ignore",
                  "standardize": true, "standardize_targets": true},
         "split": {"type": "last"}, "preprocessing": \(Self.steps),
         "network": {"layers": [{"type": "dense", "units": 4, "activation": "tanh"}, {"type": "dense", "units": 1}]},
         "training": {"loss": "mean_squared_error", "optimizer": {"type": "adam", "learning_rate": 0.05}, "epochs": 60}}
        """, registry()), with: registry())
  }

  private func experiment(_ text: String, _ registry: Registry) throws -> Experiment {
    try Experiment(from: JSON(parsing: text), with: registry)
  }

  private struct LastSplit: Split {
    static let name = "last"
    func parts(of data: Dataset) -> SplitParts {
      SplitParts(training: Array(0..<data.count - 2), test: [data.count - 2, data.count - 1])
    }
  }

  private func registry() throws -> Registry {
    var registry = Registry.standard
    try registry.register(LastSplit.self)
    return registry
  }

  @Test("nothing is learned from test rows")
  func leaks() throws {
    var learned: [Preprocessing] = []
    for test in ["Rome,4,1\nOslo,5,2\n", "Oslo,1e9,1e9\nRome,-1e9,-7\n"] {
      try withFile(Self.table(test)) { learned.append(try prepared($0).preprocessing) }
    }
    #expect(learned[0] == learned[1] && learned[0].steps.count == 4)
    let other = Self.table("").replacing("Bonn,4,2", with: "Bonn,5,2") + "Rome,4,1\nOslo,5,2\n"
    try withFile(other) { path in
      let preparation = try prepared(path)
      #expect(preparation.preprocessing != learned[0])
    }
  }

  @Test("a model with embedded categories is written, read, and predicts unknown ones")
  func file() throws {
    try withFile(Self.table("Rome,4,1\nOslo,5,2\n")) { path in
      let preparation = try prepared(path)
      #expect(preparation.training.inputNames == ["area", "area²", "city"])
      #expect(preparation.experiment.network.layers.count == 3)
      var training = try preparation.begin()
      let before = try training.network.evaluate(preparation.training, loss: MeanSquaredError()).loss
      try training.fit()
      #expect(try training.network.evaluate(preparation.training, loss: MeanSquaredError()).loss < 0.2 * before)
      let model = preparation.model(of: training.network, classes: [])
      #expect(model.columns == ["area", "city=Bonn", "city=Oslo", "city=Rome"] || model.columns.count == 4)
      let file = path + ".safetensors"
      defer { try? FileManager.default.removeItem(atPath: file) }
      try model.write(to: file)
      let read = try Model(contentsOf: file, with: registry())
      #expect(read.preprocessing == model.preprocessing)
      let source = try #require(read.experiment.data as? CSV)
      let data = try source.load(columns: read.columns)
      #expect(
        try read.predict(data).values == model.predict(preparation.training).values
          + model.predict(#require(preparation.test)).values)
      // A category without a known value: all its features are 0.
      let unknown = try read.predict(Tensor(rows: [[30, 0, 0, 0]])).values
      #expect(unknown.count == 1 && unknown[0].isFinite)
      // Trained again from its own description, the layer is not inserted twice.
      let again = try Preparation(read.experiment, with: registry())
      #expect(again.experiment.network.layers.count == 3)
    }
  }

  @Test("hostile steps in a model file are errors")
  func hostile() throws {
    let step = try PreprocessingStep(fitting: QuantileTransform(columns: ["x"]), to: [Feature("x", [1, 2, 3])])
    let good = try #require(step).json
    for (key, value) in [
      ("learned", JSON.null), ("learned", ["a"]), ("columns", 3), ("columns", [1]), ("columns", []),
      ("columns", ["x", "x"]), ("preprocessor", "quantil"),
      ("preprocessor", ["type": "quantile", "quantiles": 0]),
    ] as [(String, JSON)] {
      var object = try #require(good.object)
      object[key] = value
      #expect(throws: GliaError.self) { try PreprocessingStep(from: .object(object), with: .standard) }
    }
    // Learned numbers out of order, or too few, give numbers or NaN, but never a trap.
    for learned in [[], [1.0], [3, 2, 1], [1, 1], [2, 1, 5]] {
      var object = try #require(good.object)
      object["learned"] = .array([.array(learned.map { JSON($0) })])
      let step = try PreprocessingStep(from: .object(object), with: .standard)
      for x in [-1e300, 0, 1, 1.5, 2, 3, 1e300, .nan] {
        _ = try step.applied(to: [Feature("x", [x])])
      }
      #expect(throws: GliaError.self) { try step.applied(to: [Feature("y", [1])]) }
    }
  }

  @Test("features that are learned but not there end in an error")
  func otherFeatures() throws {
    let json: JSON = [
      "preprocessor": ["type": "embedding", "columns": ["x"]], "columns": ["x"],
      "learned": [["name": "c", "values": [1], "features": []]],
    ]
    let step = try PreprocessingStep(from: json, with: .standard)
    #expect(throws: GliaError.self) { try step.applied(to: [Feature("x", [1, 2])]) }
  }

  @Test("the layer of an embedding follows its settings when an experiment is trained again")
  func changedEmbedding() throws {
    try withFile(Self.table("Rome,4,1\nOslo,5,2\n")) { path in
      var experiment = try prepared(path).experiment
      experiment = try experiment.setting("preprocessing.3.units", to: 7, with: registry())
      let again = try Preparation(experiment, with: registry()).experiment.network.layers
      #expect(again.count == 3 && (again[0] as? EntityEmbedding)?.columns.map(\.units) == [7])
    }
  }

  @Test("what is missing stays missing for what is computed from the data in their own unit")
  func gaps() throws {
    let rows = (0..<40).map { "\($0 % 5 == 0 ? "" : "\($0)"),\($0 % 7),\($0 % 5 == 0 ? 5 : 0)\n" }.joined()
    try withFile("a,b,y\n" + rows) { path in
      let preparation = try Preparation(
        experiment(
          """
          {"data": {"type": "csv", "path": "\(path)", "target": "y", "missing": "mean"}, "preprocessing": ["missing_indicator", "robust"],
           "network": {"layers": [{"type": "dense", "units": 1}]},
           "training": {"loss": "mean_squared_error", "optimizer": {"type": "adam", "learning_rate": 0.1}, "epochs": 200}}
          """), with: .standard)
      var training = try preparation.begin()
      try training.fit()
      let model = preparation.model(of: training.network, classes: [])
      let own = try model.evaluate(preparation.training).loss
      #expect(own < 0.1)
      let shown = preparation.training.unstandardized()
      #expect(shown.inputs.values.allSatisfy(\.isFinite) && shown.inputNames == ["a", "b"])
      #expect(try abs(model.evaluate(shown).loss - own) < 1e-6)
      #expect(try abs(model.importance(on: preparation.training, repeats: 2).base - own) < 1e-6)
      // Samples that are standardized, but not yet preprocessed, are taken back first.
      let complete = try Dataset(
        inputs: Tensor(rows: [[1, 2], [3, 4], [5, 9]]), targets: Tensor(rows: [[0], [0], [0]]))
      var named = complete
      named.inputNames = ["a", "b"]
      #expect(try model.predict(named.standardized()).values.isClose(to: model.predict(named).values, within: 1e-5))
      let targets = preparation.training.targets
      #expect(try abs(model.evaluate(preparation.training.replacing(targets: targets)).loss - own) < 1e-6)
    }
  }

  @Test("a preprocessor without columns spares the indices of categories")
  func sparing() throws {
    try withFile(Self.table("Rome,4,1\nOslo,5,2\n")) { path in
      let preparation = try Preparation(
        experiment(
          """
          {"data": {"type": "csv", "path": "\(path)", "target": "y", "categories": ["city"]},
           "preprocessing": [{"type": "embedding", "columns": ["city"]}, "standardize", "quantile"],
           "network": {"input": [9], "layers": [{"type": "dense", "units": 1}]},
           "training": {"loss": "mean_squared_error", "optimizer": "sgd", "epochs": 1}}
          """), with: .standard)
      #expect(
        preparation.preprocessing.steps.map(\.columns) == [
          ["city=Bonn", "city=Oslo", "city=Rome"], ["area"], ["area"],
        ])
      var training = try preparation.begin()
      try training.fit()
    }
  }

  @Test("the digits of a timestamp survive preprocessors")
  func precision() throws {
    let rows = (0..<6).map { "\(1_700_000_000 + $0 * 3),\($0)\n" }.joined()
    try withFile("time,y\n" + rows) { path in
      let preparation = try Preparation(
        experiment(
          """
          {"data": {"type": "csv", "path": "\(path)", "target": "y"}, "preprocessing": ["standardize"],
           "network": {"layers": [{"type": "dense", "units": 1}]},
           "training": {"loss": "mean_squared_error", "optimizer": "sgd", "epochs": 1}}
          """), with: .standard)
      #expect(Set(preparation.training.inputs.values).count == 6 && preparation.warnings.isEmpty)
    }
  }
}

import Foundation
import Glia
import Testing

/// Categories, empty cells and weights, in training and in predictions.
struct CSVFeatureTests {
  static let people = """
    age,sex,port,survived
    20,m,S,no
    30,f,C,yes
    ,f,S,yes
    40,m,,no
    60,f,Q,yes

    """

  @Test func categoriesBecomeOneFeatureAValue() throws {
    try withFile("a,sex,b,y\n1,m,5,0\n2, f ,6,1\n3,m,7,1\n") { path in
      let data = try CSV(path: path, target: "y", categories: ["sex"]).load()
      #expect(data.inputNames == ["a", "sex=f", "sex=m", "b"])
      #expect(data.inputs.values == [1, 0, 1, 5, 2, 1, 0, 6, 3, 0, 1, 7])
    }
  }

  @Test func valuesAreSortedNumbersFirst() throws {
    try withFile("c,y\n10,0\nx,0\n9,1\nA,1\n9,0\n") { path in
      let data = try CSV(path: path, target: "y", categories: ["c"]).load()
      #expect(data.inputNames == ["c=9", "c=10", "c=A", "c=x"])
      #expect(Array(data.inputs[row: 3]) == [0, 0, 1, 0])
    }
  }

  @Test func otherFilesAreReadByTheNamesOfFeatures() throws {
    try withFile("y,extra,b,sex,a\n?,?,5,f,1\n?,?,6,f,2\n") { path in
      let columns = ["a", "sex=f", "sex=m", "b"]
      let source = CSV(path: path, target: "y", categories: ["sex"])
      #expect(try features(of: path, columns, like: source).values == [1, 1, 0, 5, 2, 1, 0, 6])
      #expect(try source.load(columns: columns).inputNames == columns)
      let error = try #require(throws: GliaError.self) { _ = try features(of: path, ["sex=m", "sex=x"], like: source) }
      #expect(
        error.what == "the text 'f'" && error.place == path + ":2, column 'sex'" && error.expected == "one of m, x")
    }
  }

  @Test func samplesWithEmptyCellsAreDropped() throws {
    try withFile(Self.people) { path in
      let source = CSV(path: path, target: "survived", categories: ["sex", "port"], missing: .drop)
      let data = try source.load()
      #expect(data.inputNames == ["age", "sex=f", "sex=m", "port=C", "port=Q", "port=S"])
      #expect(data.inputs.values == [20, 0, 1, 0, 0, 1, 30, 1, 0, 1, 0, 0, 60, 1, 0, 0, 1, 0])
      #expect(data.targets[0].labels == ["no", "yes", "yes"])
      // Predictions must not drop rows.
      let error = try #require(throws: GliaError.self) { _ = try features(of: path, ["age"], like: source) }
      #expect(error.what == "an empty cell" && error.place == path + ":4, column 'age'")
    }
    try withFile("a,y\n,1\n,2\n") { path in
      let error = try #require(throws: GliaError.self) { _ = try CSV(path: path, target: "y", missing: .drop).load() }
      #expect(error.what == "every sample has a missing value")
    }
  }

  @Test(arguments: [
    (CSV(path: "", target: "survived", categories: ["sex"]), ":2, column 'port'"),
    (CSV(path: "", target: "survived", ignore: ["port"], categories: ["sex"]), ":4, column 'age'"),
    (CSV(path: "", target: "port", categories: ["sex", "survived"], missing: .mean), ":5, column 'port'"),
    (CSV(path: "", target: "survived", categories: ["sex"], missing: .mean), ":2, column 'port'"),
  ])
  func cellsThatMayNotBeEmptyAreRefused(source: CSV, place: String) throws {
    try withFile(Self.people) { path in
      var source = source
      source.path = path
      let error = try #require(throws: GliaError.self) { _ = try source.load() }
      #expect(error.place == path + place, "\(error)")
    }
  }

  @Test(arguments: [
    ("a,b,y\n1,2,3\n", ["y"], "category 'y' is not a feature, or is listed twice"),
    ("a,b,y\n1,2,3\n", ["a", "a"], "category 'a' is not a feature, or is listed twice"),
    ("a,b,y\n1,2,3\n", ["c"], "no column 'c', needed as categories"),
    ("a,a=1,y\n1,2,3\n", ["a"], "column 'a=1' has the same name as a value of category 'a'"),
    ("a,b,y\n1,inf,3\n", ["a"], "the infinite number 'inf'"),
  ])
  func categoriesThatCannotBeAreRefused(text: String, categories: [String], what: String) throws {
    try withFile(text) { path in
      let error = try #require(throws: GliaError.self) {
        _ = try CSV(path: path, target: "y", categories: categories, missing: .mean).load()
      }
      #expect(error.what == what)
    }
  }

  /// The last of five samples is the test set; the known ages of the others are 20, 30 and 40, so their mean is 30.
  private func prepared(_ path: String, standardize: Bool) throws -> Preparation {
    var experiment = Experiment()
    experiment.data = CSV(
      path: path, target: "survived", ignore: ["port"], categories: ["sex"], missing: .mean, standardize: standardize)
    experiment.split = LastSplit()
    experiment.network.layers = [Dense(2, activation: .tanh), Dense(1, activation: .sigmoid)]
    (experiment.training.loss, experiment.training.optimizer) = (BinaryCrossentropy(), SGD(learningRate: 0.1))
    experiment.training.epochs = 2
    var registry = Registry.standard
    try registry.register(LastSplit.self)
    return try Preparation(experiment, with: registry)
  }

  struct LastSplit: Split {
    static let name = "last"
    func parts(of data: Dataset) -> SplitParts {
      SplitParts(training: Array(0..<data.count - 1), test: [data.count - 1])
    }
  }

  @Test(arguments: [false, true])
  func emptyCellsGetTheMeanOfTheTrainingPart(standardize: Bool) throws {
    try withFile(Self.people) { path in
      let preparation = try prepared(path, standardize: standardize)
      let ages = (0..<4).map { Array(preparation.training.inputs[row: $0])[0] }
      // Population deviation √(200/3).
      let expected: [Float] = standardize ? [-1.2247449, 0, 0, 1.2247449] : [20, 30, 30, 40]
      #expect(zip(ages, expected).allSatisfy { abs($0 - $1) < 1e-5 })
      let tested = Array(try #require(preparation.test).inputs[row: 0])[0]
      #expect(abs(tested - (standardize ? 3.6742346 : 60)) < 1e-5)

      var training = try preparation.begin()
      try training.fit()
      let model = preparation.model(of: training.network, classes: training.classes)
      let file = Paths.folder(of: path) + "/model.safetensors"
      try model.write(to: file)
      var registry = Registry.standard
      try registry.register(LastSplit.self)
      let loaded = try Model(contentsOf: file, with: registry)
      #expect(loaded.columns == ["age", "sex=f", "sex=m"] && loaded.preprocessing == preparation.preprocessing)
      #expect(try SafeTensors(contentsOf: file).tensors["input.fill"]?.values == [30, 0.5, 0.5])

      try withFile("sex,age\nf,\nf,30\n") { other in
        let x = try features(of: other, loaded.columns, like: try #require(loaded.experiment.data as? CSV))
        let outputs = try loaded.predict(x).values
        #expect(outputs[0] == outputs[1] && outputs[0].isFinite)
      }
      let source = try #require(loaded.experiment.data as? CSV)
      #expect(try loaded.evaluate(source.load(columns: loaded.columns)).loss.isFinite)
    }
  }

  @Test func featuresThatAlwaysMissAreRefused() throws {
    try withFile("age,sex,port,survived\n,m,S,no\n,f,S,yes\n5,f,S,yes\n") { path in
      let error = try #require(throws: GliaError.self) { _ = try prepared(path, standardize: false) }
      #expect(error.what == "feature 'age' is missing in all training samples")
    }
  }

  @Test func emptyCellsAreNotLearnedFromAsTheyAre() throws {
    try withFile(Self.people) { path in
      let source = CSV(path: path, target: "survived", ignore: ["port"], categories: ["sex"], missing: .mean)
      let data = try source.load()
      #expect(data.inputs.values[6].isNaN)
      var settings = TrainingSettings()
      (settings.loss, settings.optimizer) = (BinaryCrossentropy(), SGD(learningRate: 0.1))
      let network = try Network(input: [3]) { Dense(1, activation: .sigmoid) }
      let error = try #require(throws: GliaError.self) { _ = try Training(network, on: data, settings: settings) }
      #expect(error.what == "feature values are missing" && error.category == .description)
    }
  }

  /// A sample with weight 0 has no effect: the one in the middle is far away.
  @Test func weightsReachTheTraining() throws {
    func loss(_ text: String, weight: String?) throws -> Float {
      var result: Float = .nan
      try withFile(text) { path in
        var experiment = Experiment()
        experiment.data = CSV(path: path, target: "y", weight: weight)
        experiment.network.layers = [Dense(1)]
        (experiment.training.loss, experiment.training.optimizer) = (MeanSquaredError(), SGD(learningRate: 0.1))
        experiment.training.epochs = 5
        var training = try Preparation(experiment, with: .standard).begin()
        try training.fit()
        result = try #require(training.network.tensors.first { $0.0 == "layers.0.weight" }).1.values[0]
      }
      return result
    }
    let weighted = try loss("x,w,y\n1,1,2\n5,0,-90\n2,1,4\n", weight: "w")
    let plain = try loss("x,w,y\n1,1,2\n5,1,-90\n2,1,4\n", weight: "w")
    #expect(weighted > 0 && plain < 0, "\(weighted) \(plain)")
  }
}

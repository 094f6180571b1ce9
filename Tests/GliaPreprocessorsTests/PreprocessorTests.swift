@testable import GliaPreprocessors
import Glia
import TestSupport
import Testing

/// Each preprocessor against scikit-learn 1.9.1, or numbers worked by hand.
@Suite("Preprocessors")
struct PreprocessorTests {
  private static let training = Feature("x", [1, 2, 2, 3, 7, 10, 4, 8])
  private static let others = Feature("x", [0.5, 2, 2.5, 6, 11])

  private func values(_ preprocessor: some Preprocessor, missing: Bool = false) throws -> [Feature] {
    let step = try fitted(preprocessor, to: [Self.training])
    var others = Self.others
    if missing { others.values[1] = .nan }
    return try step.applied(to: [others])
  }

  private func expect(_ preprocessor: some Preprocessor, _ wanted: [Double]) throws {
    let found = try values(preprocessor)
    #expect(found.count == 1 && found[0].name == "x")
    for (a, b) in zip(found[0].values, wanted) { #expect(abs(a - b) < 1e-12 * max(1, abs(b)), "\(a), not \(b)") }
    #expect(try values(preprocessor, missing: true)[0].values[1].isNaN)
  }

  @Test func scaling() throws {
    try expect(
      StandardScaling(),
      [-1.3394286814725282, -0.8523637063916089, -0.6900087146979691, 0.4464762271575094, 2.0700261440939074])
    try expect(
      MinMaxScaling(columns: ["x"], low: -1),
      [-1.1111111111111112, -0.7777777777777779, -0.6666666666666667, 0.11111111111111094, 1.2222222222222219])
    try expect(
      RobustScaling(),
      [-0.5714285714285714, -0.2857142857142857, -0.19047619047619047, 0.47619047619047616, 1.4285714285714286])
    try expect(LogTransform(), [1.5, 3, 3.5, 7, 12].map { Double.log($0) })
    try expect(LogTransform(columns: ["x"], shift: 0), [0.5, 2, 2.5, 6, 11].map { Double.log($0) })
  }

  @Test func quantiles() throws {
    try expect(QuantileTransform(), [0, 0.21428571428571427, 0.3571428571428571, 0.6666666666666666, 1])
    let normal = try values(QuantileTransform(columns: ["x"], output: .normal))[0].values
    let wanted = [-5.199337582605575, -0.7916386077433746, -0.3661063568005698, 0.43072729929545744, 5.19933758270342]
    for (a, b) in zip(normal, wanted) { #expect(abs(a - b) < 1e-9, "\(a), not \(b)") }
  }

  @Test func constantFeatures() throws {
    let constant = Feature("x", [3, 3, 3])
    for (preprocessor, value) in [
      (StandardScaling(columns: ["x"]), 0), (MinMaxScaling(columns: ["x"], low: 2, high: 5), 2),
      (RobustScaling(columns: ["x"]), 0), (QuantileTransform(columns: ["x"]), 0.5),
    ] as [(any Preprocessor, Double)] {
      let step = try fitted(preprocessor, to: [constant])
      #expect(try step.applied(to: [constant])[0].values == [value, value, value], "\(type(of: preprocessor))")
    }
  }

  @Test func binning() throws {
    var bins = try values(Binning(columns: ["x"], count: 3, strategy: .uniform), missing: true)
    #expect(bins.map(\.name) == ["x < 4", "x in [4, 7)", "x ≥ 7"])
    #expect(bins.map(\.values) == [[1, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]])
    bins = try values(Binning(columns: ["x"], count: 4))
    #expect(bins.map(\.name) == ["x < 2", "x in [2, 3.5)", "x in [3.5, 7.25)", "x ≥ 7.25"])
    #expect(bins.map(\.values) == [[1, 0, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]])
  }

  @Test func polynomials() throws {
    let features = zip(["a", "b", "c"], [2.0, 3, 5]).map { Feature($0, [$1, $1 + 1, $1 + 2]) }
    let cubic = try fitted(PolynomialFeatures(degree: 3), to: features).applied(to: features)
    #expect(
      cubic.map { $0.values[0] } == [2, 3, 5, 4, 6, 10, 9, 15, 25, 8, 12, 20, 18, 30, 50, 27, 45, 75, 125])
    #expect(
      cubic.map(\.name).joined(separator: ",")
        == "a,b,c,a²,a b,a c,b²,b c,c²,a³,a² b,a² c,a b²,a b c,a c²,b³,b² c,b c²,c³")
    let pairs = PolynomialFeatures(degree: 3, interactionsOnly: true)
    #expect(
      try fitted(pairs, to: features).applied(to: features).map { $0.values[0] }
        == [2, 3, 5, 6, 10, 15, 30])
    let many = (0..<200).map { Feature("x\($0)", [1, 2, 3]) }
    #expect(throws: GliaError.self) { try fitted(PolynomialFeatures(degree: 3), to: many) }
  }

  @Test func missingValues() throws {
    let features = [Feature("a", [1, .nan, 3, 3]), Feature("b", [1, 2, 3, 4])]
    let indicators = try fitted(MissingIndicator(), to: features).applied(to: features)
    #expect(indicators.map(\.name) == ["a", "b", "a missing"] && indicators[2].values == [0, 1, 0, 0])
    for (strategy, value) in [(.median, 3), (.mean, 7.0 / 3), (.mostFrequent, 3), (nil, 9)]
      as [(Imputation.Strategy?, Double)]
    {
      let imputation = Imputation(columns: ["a"], strategy: strategy ?? .mean, value: strategy == nil ? 9 : nil)
      let filled = try fitted(imputation, to: features).applied(to: features)
      #expect(abs(filled[0].values[1] - value) < 1e-12 && filled[1].values == features[1].values)
    }
  }

  @Test func categories() throws {
    let features = [Feature("city", [7, 3, 7, 5]), Feature("area", [1, 2, 3, 4])]
    let oneHot = try fitted(OneHotEncoding(columns: ["city"]), to: features)
    let encoded = try oneHot.applied(to: [Feature("city", [5, 4]), Feature("area", [1, 2])])
    #expect(encoded.map(\.name) == ["area", "city=3", "city=5", "city=7"])
    #expect(encoded.map(\.values) == [[1, 2], [0, 0], [1, 0], [0, 0]])

    let embedding = try fitted(CategoryEmbedding(columns: ["city"]), to: features)
    #expect(
      try embedding.applied(to: [Feature("city", [5, 4, .nan]), Feature("area", [1, 2, 3])])[0].values == [1, 3, 3])
    let hot = [Feature("city=Rome", [1, 0, 0]), Feature("area", [1, 2, 3]), Feature("city=Oslo", [0, 1, 0])]
    let named = try fitted(CategoryEmbedding(columns: ["city"]), to: hot)
    let indices = try named.applied(to: hot)
    #expect(indices.map(\.name) == ["area", "city"] && indices[1].values == [0, 1, 2])
    #expect([1, 2, 3, 10, 1000, 1_000_000].map(CategoryEmbedding.size) == [2, 2, 3, 6, 77, 600])
  }

  @Test("columns are named by patterns, and errors say what is wrong")
  func columns() throws {
    let features = ["age", "income_a", "income_b"].map { Feature($0, [1, 2, -4]) }
    let step = try fitted(StandardScaling(columns: ["income_*"]), to: features)
    #expect(step.columns == ["income_a", "income_b"])
    func what(_ preprocessor: some Preprocessor) -> String {
      let error = #expect(throws: GliaError.self) { try fitted(preprocessor, to: features) }
      return error.map { "\($0.what) \($0.remedy ?? "")" } ?? ""
    }
    #expect(what(StandardScaling(columns: ["agr"])).contains("no feature 'agr' did you mean 'age'?"))
    #expect(what(LogTransform(columns: ["age"])).contains("feature 'age' becomes nan"))
    #expect(try PreprocessingStep(fitting: MissingIndicator(), to: features) == nil)
    #expect(what(CategoryEmbedding(columns: [])).contains("columns"))
    #expect(what(MinMaxScaling(columns: [], low: 1, high: 1)).contains("low 1"))
  }
}

/// Returns a step that applies to at least one feature.
private func fitted(_ preprocessor: some Preprocessor, to features: [Feature]) throws -> PreprocessingStep {
  try #require(try PreprocessingStep(fitting: preprocessor, to: features))
}

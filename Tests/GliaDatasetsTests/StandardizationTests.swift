import Foundation
import Glia
import Testing

/// Standardization in double precision, without losing digits.
struct StandardizationTests {
  /// Ten seconds of timestamps, which are equal in single precision.
  static let clock = "t,y\n" + (0..<10).map { "\(1_700_000_000 + $0),\($0)\n" }.joined()

  @Test func loadStandardizesOverAllSamples() throws {
    try withFile(Self.clock) { path in
      let data = try CSV(path: path, target: "y", standardize: true).load()
      // The mean is 4.5 after the first value, the standard deviation √8.25.
      let expected = (0..<10).map { Float((Double($0) - 4.5) / 8.25.squareRoot()) }
      #expect(zip(data.inputs.values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(data.standardization != nil && data.warnings.isEmpty)
      let raw = try CSV(path: path, target: "y", standardize: true).loadUnstandardized()
      #expect(raw.standardization == nil && Set(raw.inputs.values) == [1_700_000_000])
      let again = try raw.standardized(by: data.standardization)
      #expect(again.inputs.values == data.inputs.values)
      #expect(try again.standardized(by: data.standardization).inputs.values == data.inputs.values)
    }
  }

  @Test func aPartIsStandardizedByAnotherWithoutALossOfDigits() throws {
    // One sample is so far away that no precision would be left if all samples were standardized first.
    try withFile(Self.clock + "1e30,5\n") { path in
      let data = try CSV(path: path, target: "y", standardize: true).loadUnstandardized()
      let (training, all) = (try #require(try data.part(Array(0..<10))), Standardization(fitting: data))
      let fitted = try training.standardized(by: Standardization(fitting: training))
      #expect(Set(fitted.inputs.values).count == 10 && fitted.warnings.isEmpty)
      let merged = try data.standardized(by: all)
      #expect(
        merged.warnings.count == 1
          && merged.warnings[0].contains("'t' has 11 distinct values, of which only 2 are left"))
    }
  }

  @Test func generatedAndOtherSourcesStandardizeToo() throws {
    let data = try Friedman2(samples: 200, standardize: true).load()
    for feature in 0..<4 {
      let values = (0..<200).map { Double(data.inputs.values[$0 * 4 + feature]) }
      let mean = values.reduce(0, +) / 200
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200
      #expect(abs(mean) < 1e-6 && abs(variance - 1) < 1e-5)
    }
    #expect(try Friedman2(samples: 5).load().standardization == nil)
  }

  @Test func missingValuesAreFilledIn() throws {
    try withFile("a,y\n1,0\n,1\n3,0\n") { path in
      let values = try CSV(path: path, target: "y", missing: .mean, standardize: true).load().inputs.values
      #expect(values == [-1, 0, 1])
    }
  }

  @Test(arguments: [
    ("16777216,0\n16777217,1\n", 2, 1), ("1700000000,0\n1700000001,1\n1700000002,0\n1700000200,0\n", 4, 2),
    ("0.1,0\n0.10000000001,1\n0.2,0\n", 3, 2), ("123456789012,0\n123456789013,0\n", 2, 1),
  ])
  func valuesThatBecomeEqualAreTold(rows: String, of: Int, left: Int) throws {
    try withFile("t,y\n" + rows) { path in
      let data = try CSV(path: path, target: "y").load()
      #expect(data.exact == nil && Set(data.inputs.values).count == left)
      #expect(
        data.warnings == [
          "'t' has \(of) distinct values, of which only \(left) \(left == 1 ? "is" : "are") left in single precision; use \"standardize\": true"
        ])
    }
  }

  @Test func ordinaryNumbersAreNoWarning() throws {
    var random = Random(seed: 1)
    let rows = (0..<3000).map { "\($0),\(random.uniform()),\(Double($0) * 0.1),\($0 % 2)\n" }
    try withFile("a,b,c,y\n" + rows.joined()) { path in
      for standardize in [false, true] {
        let data = try CSV(path: path, target: "y", standardize: standardize).load()
        #expect(data.warnings.isEmpty)
      }
    }
  }

  @Test func constantColumnsAreDividedByOne() throws {
    try withFile("a,b,c,y\n0.3,5,1e10,0\n0.30000000000000004,5,1e10,1\n") { path in
      let data = try CSV(path: path, target: "y", standardize: true).load()
      #expect(data.standardization?.scale == [1, 1, 1])
    }
  }

  @Test func digitsSurviveTheModelFile() throws {
    let standardization = Standardization(fitting: try data([1_700_000_000.25, 1_700_000_003.5, 0.1]))
    let network = try Network(input: [1]) { Dense(1) }
    try withFile("") { path in
      let file = Paths.folder(of: path) + "/m.safetensors"
      try Model(network: network, preprocessing: Preprocessing(standardization: standardization)).write(to: file)
      #expect(try Model(contentsOf: file, with: .standard).preprocessing.standardization == standardization)
      let tensors = try SafeTensors(contentsOf: file).tensors
      #expect(tensors["input.mean"]?.values == standardization.mean.map { Float($0) })
      #expect(tensors["input.mean_low"]?.values.first ?? 0 != 0)
      // No additional tensors if no additional precision is needed.
      try Model(
        network: network, preprocessing: Preprocessing(standardization: Standardization(mean: [2], scale: [0.5]))
      ).write(to: file)
      #expect(try SafeTensors(contentsOf: file).tensors.keys.filter { $0.hasSuffix("_low") }.isEmpty)
    }
  }

  private func data(_ values: [Double]) throws -> Dataset {
    try Dataset(exact: values, inputNames: ["x"], targets: [Column("y", values.map { _ in 0 })])
  }

  @Test func featuresAreSelectedWithTheirDigits() throws {
    let data = try Dataset(exact: [1, 0.1, 2, 0.2], inputNames: ["a", "b"], targets: [])
    let selected = try data.selecting(features: [1, 0])
    #expect(selected.exact == [0.1, 1, 0.2, 2] && selected.inputNames == ["b", "a"])
    #expect(try selected.replacing(inputs: Tensor(rows: [[1, 2], [3, 4]])).exact == nil)
  }
}

import Glia
import Testing

@Suite("Warnings about classes and splits")
struct LabelWarningTests {
  private struct Table: DataSource {
    static let name = "table_of_a_test"
    var target = Column("y", text: [])
    var weights: [Float]?
    var repeats = false
    init() {}
    init(_ target: Column, weights: [Float]? = nil, repeats: Bool = false) {
      (self.target, self.weights, self.repeats) = (target, weights, repeats)
    }
    private enum CodingKeys: CodingKey {}
    func load() throws -> Dataset {
      let rows: [[Float]] = (0..<target.count).map { row in
        let number = repeats ? row / 4 : row
        return [Float(number * 7 % 401) / 401, Float(number * 13 % 397) / 397]
      }
      return try Dataset(inputs: Tensor(rows: rows), targets: [target], weights: weights)
    }
  }

  private func warnings(
    _ table: Table, split: (any Split)? = nil, loss: any Loss = SparseCategoricalCrossentropy(), units: Int
  ) throws -> [String] {
    var experiment = Experiment()
    (experiment.data, experiment.split) = (table, split)
    experiment.network.layers = loss is MeanSquaredError ? [Dense(units)] : [Dense(units, activation: .softmax)]
    (experiment.training.loss, experiment.training.optimizer) = (loss, SGD())
    return try Preparation(experiment, with: .standard).begin().warnings
  }

  private func column(_ names: String..., count: Int = 200) -> Column {
    Column("y", text: (0..<count).map { names[$0 % names.count] })
  }

  @Test("names that differ only in case or whitespace")
  func similarNames() throws {
    let found = try warnings(Table(column("Cat", "cat", "dog", " dog", "bird")), units: 5)
    #expect(
      found == [
        "the classes ' dog' and 'dog' of 'y' differ only in case or white space, and 1 more; use the same spelling if they "
          + "are one class"
      ])
    #expect(try warnings(Table(column("Cat", "dog", "c a t")), units: 3) == [])
  }

  @Test("codes with leading zeros that are equal as numbers")
  func paddedNumbers() throws {
    func numbers(_ texts: String...) -> Column {
      let all = (0..<200).map { texts[$0 % texts.count] }
      return Column("y", numbers: all.compactMap(Double.init), written: all)
    }
    let found = try warnings(Table(numbers("007", "7", "8")), units: 2)
    #expect(
      found.count == 1 && found[0].hasPrefix("'007' and '7' of 'y' are the same number, hence the same class"),
      "\(found)")
    for texts in [numbers("1", "1.0", "2"), numbers("007", "008"), numbers("0", "0.0", "1"), numbers("0.5", ".5", "1")]
    {
      #expect(try warnings(Table(texts), units: 2) == [])
    }
  }

  @Test("classes whose samples all have weight 0")
  func weights() throws {
    let (target, weights) = (column("a", "b", "c"), (0..<200).map { $0 % 3 == 1 ? Float(0) : 1 })
    #expect(
      try self.warnings(Table(target, weights: weights), units: 3) == [
        "class 'b' is not learned: the weights of its 67 samples are 0"
      ])
    #expect(try self.warnings(Table(target, weights: weights.map { $0 + 0.5 }), units: 3) == [])
  }

  @Test("classes missing from the test set", arguments: [false, true])
  func untested(stratify: Bool) throws {
    var names = (0..<200).map { $0 % 2 == 0 ? "a" : "b" }
    names[11] = "rare"
    let found = try warnings(
      Table(Column("y", text: names)), split: RandomSplit(test: 0.2, seed: 1, stratify: stratify), units: 3)
    #expect(
      found == [
        "the test part has no sample of 1 of 3 classes, such as 'rare', so the results do not show how "
          + "well they are recognized; "
          + (stratify ? "more samples of them are needed" : "use \"stratify\": true, or a larger part")
      ])
  }

  @Test("copies of training samples in the test set")
  func repeated() throws {
    let target = Column("y", text: (0..<200).map { ($0 / 4) % 2 == 0 ? "a" : "b" })
    let found = try warnings(Table(target, repeats: true), split: RandomSplit(test: 0.2), units: 2)
    #expect(found.count == 1 && found[0].contains("of 40 test samples equal a training sample"), "\(found)")
    #expect(try warnings(Table(target), split: RandomSplit(test: 0.2), units: 2) == [])
  }

  @Test("constant targets, and numbers that may be classes")
  func numbers() throws {
    let same = try warnings(Table(Column("y", [Float](repeating: 3, count: 40))), loss: MeanSquaredError(), units: 1)
    #expect(same == ["all targets are 3: there is nothing to learn"])
    let near = Column("y", numbers: (0..<40).map { 1e12 + Double($0) })
    let merged = try warnings(Table(near), loss: MeanSquaredError(), units: 1)
    #expect(
      merged.count == 1 && merged[0].hasPrefix("targets differ by less than single precision can represent"),
      "\(merged)")
    let two = try warnings(Table(Column("y", (0..<40).map { Float($0 % 2) })), loss: MeanSquaredError(), units: 1)
    #expect(two.count == 1 && two[0].hasPrefix("all targets are 0 or 1: if they are classes"), "\(two)")
    #expect(
      try warnings(Table(Column("y", (0..<40).map { Float($0 % 3) })), loss: MeanSquaredError(), units: 1) == [])
  }
}

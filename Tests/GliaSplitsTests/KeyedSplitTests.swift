import Glia
import Testing

/// Splits by groups, in order, and leave-one-out.
struct KeyedSplitTests {
  private func data(_ key: Column) throws -> Dataset {
    let inputs = try Tensor(shape: [key.count, 1], (0..<key.count).map(Float.init))
    return try Dataset(inputs: inputs, targets: [Column("y", Array(repeating: 1, count: key.count))]).keyed(by: [key])
  }

  /// 12 groups of 1 to 12 samples, interleaved.
  private var groups: [String] {
    var random = Random(seed: 9)
    var labels = (1...12).flatMap { Array(repeating: "p\($0)", count: $0) }
    random.shuffle(&labels)
    return labels
  }

  @Test func noGroupIsInTwoParts() throws {
    let labels = groups
    let data = try data(Column("patient", text: labels))
    var tested = Set<[Int]>()
    for seed in 0..<100 as Range<UInt64> {
      let parts = try RandomSplit(test: 0.3, validation: 0.2, seed: seed, by: "patient").parts(of: data)
      let all = [parts.training, parts.validation, parts.test]
      #expect(all.flatMap(\.self).sorted() == Array(labels.indices))
      #expect(all.reduce(0) { $0 + Set($1.map { labels[$0] }).count } == 12)
      // The smallest group left out has at most 12 samples, of which less than half would be missing.
      #expect(abs(parts.test.count - 23) <= 6 && abs(parts.validation.count - 16) <= 6)
      tested.insert(parts.test.sorted())
    }
    #expect(tested.count > 50)
  }

  @Test func foldsOfGroupsTestEveryGroupOnce() throws {
    let labels = groups
    let data = try data(Column("patient", text: labels))
    for seed in 0..<20 as Range<UInt64> {
      var tested: [Int] = []
      for fold in 0..<4 {
        let split = KFoldSplit(folds: 4, fold: fold, validation: 0.1, seed: seed, by: "patient")
        let parts = try split.parts(of: data)
        let all = [parts.training, parts.validation, parts.test]
        #expect(all.flatMap(\.self).sorted() == Array(labels.indices) && !all.contains([]))
        #expect(all.reduce(0) { $0 + Set($1.map { labels[$0] }).count } == 12)
        tested += parts.test
      }
      #expect(tested.sorted() == Array(labels.indices))
    }
  }

  /// The parts of `GroupKFold(3)` of scikit-learn 1.9.
  @Test func groupsAreDividedAsByScikitLearn() throws {
    let labels = [2, 2, 5, 4, 5, 0, 3, 5, 4, 2, 0, 4, 0, 0, 0, 4, 2, 1, 4, 0, 0, 4, 3]
    let data = try data(Column("group", labels.map(Float.init)))
    let expected = [
      [5, 10, 12, 13, 14, 17, 19, 20], [3, 6, 8, 11, 15, 18, 21, 22], [0, 1, 2, 4, 7, 9, 16],
    ]
    for (fold, part) in expected.enumerated() {
      #expect(try KFoldSplit(folds: 3, fold: fold, seed: 4, by: "group").parts(of: data).test.sorted() == part)
    }
  }

  /// The parts of `TimeSeriesSplit(4)` of scikit-learn 1.9, for rows in reverse order of time.
  @Test func timesAreDividedAsByScikitLearn() throws {
    let data = try data(Column("time", (0..<23).map { Float(22 - $0) }))
    for (fold, start) in [7, 11, 15, 19].enumerated() {
      let split = KFoldSplit(folds: 4, fold: fold, order: "time")
      let parts = try split.parts(of: data)
      #expect(parts.test == (start..<start + 4).map { 22 - $0 })
      #expect(parts.training == (0..<start).map { 22 - $0 } && !split.isRandom)
    }
    let parts = try KFoldSplit(folds: 4, fold: 1, validation: 0.1, order: "time").parts(of: data)
    #expect(parts.validation == [13, 12] && parts.training == (0..<9).map { 22 - $0 })
  }

  @Test func laterSamplesAreHeldOut() throws {
    let dates = ["2024-03-01", "2024-01-15", "2023-12-31", "2024-02-01", "2024-01-01"]
    let parts = try RandomSplit(test: 0.2, validation: 0.2, order: "date").parts(of: data(Column("date", text: dates)))
    #expect(parts == SplitParts(training: [2, 4, 1], validation: [3], test: [0]))
    // As text, 10 would be before 9.
    let numbers = try RandomSplit(test: 0.4, order: "t").parts(of: data(Column("t", [10, 9, 100, 1, 2])))
    #expect(numbers == SplitParts(training: [3, 4, 1], test: [0, 2]))
    #expect(!RandomSplit(test: 0.4, order: "t").isRandom && RandomSplit(test: 0.4).isRandom)
  }

  @Test func equalTimesStayTogether() throws {
    var random = Random(seed: 3)
    for seed in 0..<50 as Range<UInt64> {
      let times = (0..<40).map { _ in Float(random.below(12)) }
      let data = try data(Column("t", times))
      var all = [try RandomSplit(test: 0.25, validation: 0.25, seed: seed, order: "t").parts(of: data)]
      all += try (0..<2).map { try KFoldSplit(folds: 2, fold: $0, validation: 0.2, order: "t").parts(of: data) }
      for parts in all {
        let ordered = [parts.training, parts.validation, parts.test].map { $0.map { times[$0] } }
        for (earlier, later) in zip(ordered, ordered.dropFirst()) {
          #expect((earlier.max() ?? .infinity) < (later.min() ?? -.infinity))
        }
      }
    }
    let parts = try RandomSplit(test: 0.3, order: "t").parts(of: data(Column("t", [0, 1, 2, 2, 2, 2])))
    #expect(parts == SplitParts(training: [0, 1], test: [2, 3, 4, 5]))
  }

  @Test func everySampleIsLeftOutOnce() throws {
    let data = try data(Column("t", [1, 2, 3, 4, 5]))
    for sample in 0..<5 {
      let parts = try LeaveOneOutSplit(sample: sample).parts(of: data)
      #expect(parts == SplitParts(training: (0..<5).filter { $0 != sample }, test: [sample]))
      let held = try LeaveOneOutSplit(sample: sample, validation: 0.4, seed: 2).parts(of: data)
      #expect(held.test == [sample] && held.validation.count == 2)
      #expect((held.training + held.validation + held.test).sorted() == Array(0..<5))
    }
    #expect(throws: GliaError.self) { try LeaveOneOutSplit(sample: 5).parts(of: data) }
    #expect(throws: GliaError.self) { try LeaveOneOutSplit(sample: .max).parts(of: data) }
    #expect(throws: GliaError.self) { try LeaveOneOutSplit(sample: -1).parts(of: data) }
    #expect(throws: GliaError.self) { try LeaveOneOutSplit(sample: 0, validation: 0.8).parts(of: data) }
  }

  private static let refused: [(split: any Split, cells: [String], words: String)] = [
    (RandomSplit(test: 0.5, by: "k"), ["a", "a"], "1 value of 'k' for 2 parts"),
    (RandomSplit(test: 0.2, validation: 0.2, by: "k"), ["a", "b", "b"], "2 values of 'k' for 3 parts"),
    (KFoldSplit(folds: 3, by: "k"), ["a", "a", "b"], "2 values of 'k' for 3 folds"),
    (KFoldSplit(folds: 2, validation: 0.1, by: "k"), ["a", "a", "b"], "1 value of 'k' for training and validation"),
    (RandomSplit(test: 0.5, order: "k"), ["a", "a"], "1 value of 'k' for 2 parts"),
    (KFoldSplit(folds: 2, order: "k"), ["a", "a", "b"], "2 folds leave a part without samples"),
    (KFoldSplit(folds: 3, order: "k"), ["a", "b", "c"], "3 folds leave a part without samples"),
    (RandomSplit(test: 0.5, by: "none"), ["a", "b"], "no column 'none'"),
    (RandomSplit(test: 0.5, stratify: true, by: "k"), ["a", "b"], "stratify cannot be used with by"),
    (KFoldSplit(folds: 2, stratify: true, order: "k"), ["a", "b"], "stratify cannot be used with order"),
    (RandomSplit(test: 0.5, by: "k", order: "k"), ["a", "b"], "by cannot be used with order"),
    (KFoldSplit(folds: 4, validation: 0.2, order: "k"), ["a", "b"], "k_fold got validation 0.2"),
    (
      RandomSplit(test: 0.5, order: "k"), ["31.12.2023", "01.05.2024"],
      "the date '31.12.2023' cannot be ordered as text"
    ),
    (RandomSplit(test: 0.5, order: "k"), ["10", "9", "soon"], "numbers and the text 'soon' have no common order"),
    (RandomSplit(testFile: ""), ["a", "b"], "random got test ''"),
  ]

  @Test(arguments: refused.indices)
  func whatCannotBeDividedIsRefused(_ index: Int) throws {
    let (split, cells, words) = Self.refused[index]
    let error = try #require(throws: GliaError.self) { _ = try split.parts(of: data(Column("k", text: cells))) }
    #expect(error.what.contains(words), "\(error)")
  }

  @Test func keysFollowTheirSamples() throws {
    let data = try data(Column("date", text: ["b", "a", "c"]))
    #expect(try data.part([2, 0])?.keys.first?.labels == ["c", "b"])
    #expect(try data.standardized().keys == data.keys && data.replacing().keys == data.keys)
    #expect(try data.selecting(features: [0]).keys == data.keys && data.weighted(by: [1, 2, 3]).keys == data.keys)
    #expect(throws: GliaError.self) { try data.keyed(by: [Column("k", [1])]) }
    #expect(throws: GliaError.self) { try data.keyed(by: [Column("k", [1, .nan, 2])]) }
    #expect(throws: GliaError.self) { try data.keyed(by: [Column("k", [1, 2, 3]), Column("k", [1, 2, 3])]) }
    let values = try data.standardized().column(named: "x1").numbers()
    #expect(zip(values, [0, 1, 2]).allSatisfy { abs($0 - $1) < 1e-6 })
    let moons = try Moons(samples: 10).loadUnstandardized(keys: SplitKeys(groups: ["x1"], order: ["x2"]))
    #expect(moons.inputNames == ["x2"] && moons.keys.map(\.name) == ["x1", "x2"])
    #expect(throws: GliaError.self) { try Moons(samples: 10).loadUnstandardized(keys: SplitKeys(order: ["date"])) }
  }

  @Test func theTestPartIsANumberOrAPath() throws {
    func split(_ json: JSON) throws -> RandomSplit {
      try #require(Registry.standard.make((any Split).self, from: json) as? RandomSplit)
    }
    #expect(try split(["test": 0.25]).test == .fraction(0.25))
    let file = try split(["test": "a/test.csv", "validation": 0.1])
    #expect(file.testFile == "a/test.csv")
    #expect(file.located(in: "/data").testFile == "/data/a/test.csv")
    #expect(file.located(in: "/data").relative(to: "/data/out").testFile == "../a/test.csv")
    #expect(try JSON(part: file)["test"]?.string == "a/test.csv")
    for wrong in ["0.2", true, [], .null] as [JSON] {
      #expect(throws: GliaError.self) { try split(["test": wrong]) }
    }
  }
}

import Glia
import Testing

/// Cross-validation folds and stratification.
struct SplitTests {
  private func data(_ labels: [String]) throws -> Dataset {
    let inputs = try Tensor(shape: [labels.count, 1], labels.indices.map(Float.init))
    return try Dataset(inputs: inputs, targets: [Column("class", text: labels)])
  }

  private func counts(_ part: [Int], _ labels: [String]) -> [String: Int] {
    part.reduce(into: [:]) { $0[labels[$1], default: 0] += 1 }
  }

  @Test(arguments: [(10, 5), (11, 5), (14, 5), (7, 7), (100, 3)], [false, true])
  func foldsTestEverySampleOnce(sizes: (samples: Int, folds: Int), stratify: Bool) throws {
    let labels = (0..<sizes.samples).map { $0 % 7 < 4 ? "a" : $0 % 7 < 6 ? "b" : "c" }
    let all = Array(0..<sizes.samples)
    var tested: [Int] = []
    for fold in 0..<sizes.folds {
      let parts = try KFoldSplit(folds: sizes.folds, fold: fold, seed: 3, stratify: stratify).parts(of: data(labels))
      #expect((parts.training + parts.test).sorted() == all && parts.validation.isEmpty)
      #expect(sizes.samples / sizes.folds...(sizes.samples - 1) / sizes.folds + 1 ~= parts.test.count)
      if stratify {
        for (label, count) in counts(all, labels) {
          let share = counts(parts.test, labels)[label] ?? 0
          #expect(count / sizes.folds...(count - 1) / sizes.folds + 1 ~= share)
        }
      }
      tested += parts.test
    }
    #expect(tested.sorted() == all)
  }

  @Test func foldsAreDrawn() throws {
    let data = try data(Array(repeating: "a", count: 50))
    let parts = try KFoldSplit(folds: 5, seed: 1).parts(of: data)
    #expect(parts.test != parts.test.sorted())
    #expect(try KFoldSplit(folds: 5, seed: 1).parts(of: data) == parts)
    #expect(try KFoldSplit(folds: 5, seed: 2).parts(of: data).test != parts.test)
  }

  @Test(arguments: [false, true])
  func validationIsTakenFromWhatIsLearned(stratify: Bool) throws {
    let labels = (0..<40).map { $0 < 30 ? "a" : "b" }
    let parts = try KFoldSplit(folds: 4, fold: 1, validation: 0.2, stratify: stratify).parts(of: data(labels))
    #expect(parts.test.count == 10 && parts.validation.count == 8 && parts.training.count == 22)
    #expect((parts.test + parts.validation + parts.training).sorted() == Array(0..<40))
    if stratify { #expect(counts(parts.validation, labels) == ["a": 6, "b": 2]) }
  }

  @Test func stratifiedPartsHaveEveryClassThatIsLargeEnough() throws {
    let labels = ["a", "a", "a", "a", "a", "a", "b", "b", "b", "c", "c", "d"]
    let parts = try RandomSplit(test: 0.2, validation: 0.2, stratify: true).parts(of: data(labels))
    #expect(counts(parts.test, labels) == ["a": 1, "b": 1, "c": 1])
    #expect(counts(parts.validation, labels) == ["a": 1, "b": 1])
    #expect(counts(parts.training, labels) == ["a": 4, "b": 1, "c": 1, "d": 1])
  }

  @Test(arguments: [
    (KFoldSplit(folds: 1), "folds"), (KFoldSplit(folds: 5, fold: 5), "fold"), (KFoldSplit(folds: 5, fold: -1), "fold"),
    (KFoldSplit(folds: 2, validation: 0.5), "validation"), (KFoldSplit(folds: 2, validation: .nan), "validation"),
    (KFoldSplit(folds: 11), "split.folds"), (KFoldSplit(folds: .max), "split.folds"),
  ])
  func whatCannotBeDividedIsRefused(split: KFoldSplit, place: String) throws {
    let data = try data(Array(repeating: "a", count: 10))
    let error = try #require(throws: GliaError.self) { _ = try split.parts(of: data) }
    #expect(error.place == place)
  }

  @Test func tooFewSamplesForAPartAreRefused() throws {
    let two = try data(["a", "b"])
    #expect(throws: GliaError.self) { try RandomSplit(test: 0.4, validation: 0.4).parts(of: two) }
    #expect(throws: GliaError.self) { try KFoldSplit(folds: 2, validation: 0.4).parts(of: two) }
    #expect(try RandomSplit(test: 0.4).parts(of: two).test.count == 1)
  }

  @Test func numbersCannotBeStratified() throws {
    let numbers = (0..<100).map { Float($0) / 7 }
    let data = try Dataset(inputs: Tensor(shape: [100, 1], numbers), targets: [Column("y", numbers)])
    let error = try #require(throws: GliaError.self) {
      try RandomSplit(test: 0.2, stratify: true).parts(of: data)
    }
    #expect(error.what == "stratify would put 0 of 100 samples into the test part instead of 20")
    #expect(throws: GliaError.self) { try KFoldSplit(folds: 5, stratify: true).parts(of: data) }
    #expect(throws: GliaError.self) { try data.split(test: 0.2, stratify: true) }
  }

  @Test(arguments: [(10, 12, 0.2, 24), (3, 50, 0.2, 30), (7, 5, 0.3, 11), (20, 3, 0.4, 24), (4, 9, 0.1, 4)])
  func fractionsAreKept(classes: Int, size: Int, fraction: Double, expected: Int) throws {
    let labels = (0..<classes * size).map { "c\($0 % classes)" }
    let parts = try RandomSplit(test: fraction, stratify: true).parts(of: data(labels))
    #expect(parts.test.count == expected)
    let shares = counts(parts.test, labels).values
    #expect(shares.allSatisfy { abs(Double($0) - fraction * Double(size)) < 1 })
  }

  @Test func fractionsThatCannotBeKeptAreRefused() throws {
    let labels = (0..<40).map { "c\($0 / 2)" }
    let error = try #require(throws: GliaError.self) {
      try RandomSplit(test: 0.2, stratify: true).parts(of: data(labels))
    }
    #expect(error.what == "stratify would put 20 of 40 samples into the test part instead of 8")
    let validation = try #require(throws: GliaError.self) {
      try RandomSplit(validation: 0.1, stratify: true).parts(of: data(labels))
    }
    #expect(validation.what.contains("validation part instead of 4"))
  }

  @Test func combinationsOfLabelsAreDivided() throws {
    let (a, b) = ((0..<80).map { $0 % 2 }, (0..<80).map { $0 % 80 < 40 ? 0 : 1 })
    let data = try Dataset(
      inputs: Tensor(shape: [80, 1], a.map(Float.init)),
      targets: [Column("a", a.map(Float.init)), Column("b", b.map(Float.init))])
    let parts = try RandomSplit(test: 0.25, seed: 5, stratify: true).parts(of: data)
    #expect(counts(parts.test, zip(a, b).map { "\($0)\($1)" }) == ["00": 5, "01": 5, "10": 5, "11": 5])
  }
}

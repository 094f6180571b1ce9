import ArgumentParser
import GliaCore

/// The value of `--folds`: a number, or `all` to leave out every sample, or every group, once.
enum FoldCount: ExpressibleByArgument, Hashable {
  case number(Int)
  case all

  init?(argument: String) {
    if argument == "all" {
      self = .all
    } else {
      guard let number = Int(argument) else { return nil }
      self = .number(number)
    }
  }
}

/// The splits of a cross-validation: the folds of each repeat, which differ in the seed of the permutation.
struct FoldPlan {
  /// A fold, with its number and that of its repeat, from 1.
  struct Fold: Hashable {
    let number: Int
    let repetition: Int
  }

  /// The number of folds in each repeat.
  let folds: Int
  let repeats: Int
  private let leavesOneOut: Bool

  /// Creates the folds of `data`, the samples of `experiment`; throws for numbers that the experiment does not allow.
  init(_ count: FoldCount, repeats: Int, of experiment: Experiment, _ data: Dataset) throws {
    let own = try experiment.split.map { try JSON(part: $0) }?.object ?? [:]
    let type = own["type"]?.string ?? "random"
    guard ["random", "k_fold", "leave_one_out"].contains(type) else {
      throw UsageMistake(
        "the experiment already has a split, '\(type)'", at: "--folds",
        expected: "no split, or a random, k_fold or leave_one_out split")
    }
    let (group, order) = (own["by"]?.string, own["order"]?.string)
    leavesOneOut = count == .all && group == nil
    switch count {
    case .number(let number): folds = number
    case .all: folds = try group.map { try Set(data.column(named: $0).labels).count } ?? data.count
    }
    self.repeats = repeats
    if count == .all, order != nil {
      throw UsageMistake(
        "all samples cannot be left out once in the order of '\(order?.excerpt ?? "")'", at: "--folds",
        expected: "a number of folds: each is tested after training on all samples before it")
    }
    if repeats > 1, order != nil || count == .all {
      throw UsageMistake(
        "every repeat would have the same folds", at: "--repeats",
        expected: order == nil ? "1, because all are left out once" : "1, because the order decides")
    }
  }

  /// Throws for numbers that no data allow.
  static func check(_ count: FoldCount, repeats: Int) throws {
    if case .number(let number) = count, number < 2 {
      throw UsageMistake("\(number.counted("fold"))", at: "--folds", expected: "a whole number of 2 or more, or all")
    }
    guard 1...1_000 ~= repeats else {
      throw UsageMistake("\(repeats.counted("repeat"))", at: "--repeats", expected: "a whole number from 1 to 1000")
    }
  }

  /// All folds, in order.
  var all: some Sequence<Fold> {
    (1...repeats).lazy.flatMap { [folds] repetition in
      (1...max(folds, 1)).lazy.map { Fold(number: $0, repetition: repetition) }
    }
  }

  /// The number of all folds; it may be more than there can be samples.
  var count: Int { folds.multipliedReportingOverflow(by: repeats).overflow ? .max : folds * repeats }

  /// Returns the experiment with `fold` as the test set.
  func experiment(_ experiment: Experiment, _ fold: Fold, with registry: Registry) throws -> Experiment {
    let own = try experiment.split.map { try JSON(part: $0) }?.object ?? [:]
    var split: JSON.Object =
      leavesOneOut
      ? ["type": "leave_one_out", "sample": JSON(fold.number - 1)]
      : ["type": "k_fold", "folds": JSON(folds), "fold": JSON(fold.number - 1)]
    for key in leavesOneOut ? ["validation"] : ["validation", "stratify", "by", "order"] {
      split[key] = own[key] ?? split[key]
    }
    if let seed = own["seed"] ?? (repeats > 1 ? 0 : nil) {
      // Whole numbers up to 2^64 - 1, beyond which the seed starts again.
      split["seed"] = UInt64(seed.compact).map { JSON($0 &+ UInt64(fold.repetition - 1)) } ?? seed
    }
    return try UsageMistake.locating("--folds") { try experiment.setting("split", to: .object(split), with: registry) }
  }
}

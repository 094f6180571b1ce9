import GliaCore

/// How many of the training samples are used: a number, or a fraction below 1.
struct TrainingShare: Hashable, Sendable {
  let number: Double

  /// Creates a share; nil unless it is a whole number of 1 or more, or a fraction above 0 and below 1.
  init?(_ number: Double) {
    guard number > 0, number < 1 || number == number.rounded(), number <= 1e15 else { return nil }
    self.number = number
  }

  /// Returns the number of samples, out of `count`.
  func samples(of count: Int) -> Int {
    min(number < 1 ? max(Int((number * Double(count)).rounded()), 1) : Int(number), count)
  }
}

/// A split with fewer training samples: those of a larger share include those of a smaller one.
///
/// One sample of each class comes first, so that a small share has all of them.
struct SubsetSplit: Split {
  static let name = "subset"
  /// The split whose training part is reduced; nil for one that trains on all samples.
  @Part var whole: (any Split)? = nil
  /// The number of training samples, or their fraction below 1.
  var share = 1.0
  /// The seed of the order in which samples are taken.
  var seed: UInt64 = 0

  init() {}
  init(_ whole: (any Split)?, _ share: TrainingShare, seed: UInt64) {
    (self.whole, self.share, self.seed) = (whole, share.number, seed)
  }

  var stratify: Bool { whole?.stratify ?? false }
  var isRandom: Bool { whole?.isRandom ?? false }
  var isDisjoint: Bool { whole?.isDisjoint ?? true }
  var isFold: Bool { whole?.isFold ?? false }
  var keys: SplitKeys { whole?.keys ?? SplitKeys() }
  var testFile: String? { whole?.testFile }

  func parts(of data: Dataset) throws -> SplitParts {
    var parts = try whole?.parts(of: data) ?? SplitParts(training: Array(0..<data.count))
    var random = Random(seed: seed, 0x5B5E)
    random.shuffle(&parts.training)
    if data.targets.count == 1 {
      let labels = data.targets[0].texts
      var seen: Set<String> = []
      let firsts = parts.training.filter { seen.insert(labels[$0]).inserted }
      let first = Set(firsts)
      parts.training = firsts + parts.training.filter { !first.contains($0) }
    }
    parts.training = Array(parts.training.prefix(TrainingShare(share)?.samples(of: parts.training.count) ?? 0))
    return parts
  }
}

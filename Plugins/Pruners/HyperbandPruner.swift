import GliaCore
import GliaSearch
import RealModule

/// Hyperband: several brackets of successive halving side by side, which begin to stop trials at different steps.
///
/// Bracket b of B begins at the step `min_resource` · η^b, where B = ⌊log_η(max_resource / min_resource)⌋ + 1 and η is the
/// `reduction_factor`. A trial's bracket depends on its number alone, so that bracket b gets a share of the trials proportional
/// to ⌈B η^(B-1-b) / (B-b)⌉, and a trial is compared with those of its own bracket.
///
/// Source: Li et al., "Hyperband: A novel bandit-based approach to hyperparameter optimization" (2018).
public struct HyperbandPruner: Pruner {
  public static let name = "hyperband"
  public static let summary = "several brackets of successive halving side by side"
  /// The step of the first decision.
  public var minResource = 1
  /// The last step of a complete trial; nil for that of the first complete trial, before which no trial is stopped.
  public var maxResource: Int?
  /// η: the factor between the steps of decisions, of which one of so many trials passes each.
  public var reductionFactor = 3
  /// How many trials may run at the same time.
  public var concurrency = 4

  /// Creates a pruner that learns the number of steps from the first complete trial.
  public init() {}
  /// Creates a pruner.
  public init(minResource: Int = 1, maxResource: Int? = nil, reductionFactor: Int = 3, concurrency: Int = 4) {
    (self.minResource, self.maxResource) = (minResource, maxResource)
    (self.reductionFactor, self.concurrency) = (reductionFactor, concurrency)
  }

  public func validate() throws {
    try require(
      1...1_000_000_000 ~= minResource, "min_resource", minResource, expected: "a whole number from 1 to 1,000,000,000")
    try require(
      maxResource.map { minResource...1_000_000_000 ~= $0 } ?? true, "max_resource", maxResource ?? 0,
      expected: "null, or a whole number from min_resource to 1,000,000,000")
    try requireReductionFactor(reductionFactor)
    try requireConcurrency()
  }

  public func prunes(_ number: Int, after reports: [TrialReport], finished: [FinishedTrial]) -> Bool {
    let first = finished.first { $0.value != nil && !$0.reports.isEmpty }
    guard let largest = maxResource ?? first?.reports.last?.step else { return false }
    let brackets = brackets(to: largest)
    let own = bracket(of: number, among: brackets)
    let rivals = finished.filter { bracket(of: $0.number, among: brackets) == own }
    return Rungs(start: brackets[own].start, factor: reductionFactor).stops(after: reports, rivals: rivals)
  }

  /// Returns the first step and the share of each bracket, for trials of at most `largest` steps.
  private func brackets(to largest: Int) -> [(start: Int, share: Double)] {
    var starts = [minResource]
    while let last = starts.last, last <= largest / reductionFactor { starts.append(last * reductionFactor) }
    let count = Double(starts.count)
    return starts.enumerated().map { index, start in
      let later = count - 1 - Double(index)
      return (start, (count * Double.pow(Double(reductionFactor), later) / (later + 1)).rounded(.up))
    }
  }

  /// Returns the bracket of a trial: multiples of the golden ratio modulo 1 spread trials evenly.
  private func bracket(of number: Int, among brackets: [(start: Int, share: Double)]) -> Int {
    let total = brackets.reduce(0) { $0 + $1.share }
    var rest = (Double(number) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1) * total
    for (index, bracket) in brackets.enumerated() {
      rest -= bracket.share
      if rest < 0 { return index }
    }
    return brackets.count - 1
  }
}

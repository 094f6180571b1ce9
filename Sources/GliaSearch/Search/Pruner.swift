import GliaCore

/// A rule that stops trials that are unlikely to become the best.
///
/// A search yields the same trials for any number of jobs. A pruner therefore always waits for the same results: while
/// `concurrency` trials may run, it compares trial n with the trials up to n - `concurrency`.
public protocol Pruner: Component {
  /// How many trials may run at the same time.
  var concurrency: Int { get }
  /// Returns whether trial `number` stops after its last report; called after every report.
  ///
  /// - Parameters:
  ///   - number: the number of the trial.
  ///   - reports: its reports so far, at least one, in the order of their steps.
  ///   - finished: the earlier trials that it is compared with, in order of their numbers.
  func prunes(_ number: Int, after reports: [TrialReport], finished: [FinishedTrial]) -> Bool
}

extension Pruner {
  /// The kind `pruner`.
  public static var kind: ComponentKind { .pruner }
}

extension ComponentKind {
  /// Rules that stop trials early.
  public static let pruner = ComponentKind(rawValue: "pruner")
}

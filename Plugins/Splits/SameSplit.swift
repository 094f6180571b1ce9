import GliaCore

/// Uses all samples both for training and for testing: for complete data sets, such as the four points of XOR.
public struct SameSplit: Split {
  public static let name = "same"
  public static let summary = "all samples for training, and the same ones for testing"
  public var isDisjoint: Bool { false }
  /// Creates the split.
  public init() {}
  public func parts(of data: Dataset) -> SplitParts {
    SplitParts(training: Array(0..<data.count), test: Array(0..<data.count))
  }
}

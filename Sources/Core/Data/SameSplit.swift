/// Everything is learned from, and the same samples are tested: for data that are complete, such as the four points of XOR.
public struct SameSplit: Split {
  public static let name = "same"
  public static let summary = "learns from all samples and tests on the same ones"
  /// The same samples twice.
  public init() {}
  public func parts(of data: Dataset) -> SplitParts {
    SplitParts(training: Array(0..<data.count), test: Array(0..<data.count))
  }
}

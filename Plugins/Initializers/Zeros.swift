import GliaCore

/// All zeros: how biases start. Weights that start so never learn, since all units of a layer stay equal.
public struct Zeros: Initializer {
  public static let name = "zeros"
  public static let summary = "all zeros"
  /// All zeros.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    values.update(repeating: 0)
  }
}

extension Initializer where Self == Zeros {
  /// All zeros.
  public static var zeros: Zeros { Zeros() }
}

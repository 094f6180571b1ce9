import GliaCore

/// An initializer that sets all weights to 1: w = 1, as is usual for scales.
public struct Ones: Initializer {
  public static let name = "ones"
  public static let summary = "all ones"
  /// Creates an initializer of ones.
  public init() {}
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    values.update(repeating: 1)
  }
}

extension Initializer where Self == Ones {
  /// All ones.
  public static var ones: Ones { Ones() }
}

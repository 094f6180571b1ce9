import GliaCore

/// An initializer that sets all weights to 0: w = 0, as is usual for biases.
///
/// Weights of hidden layers initialized to zero cannot learn, because all units of a layer stay equal.
public struct Zeros: Initializer {
  public static let name = "zeros"
  public static let summary = "all zeros"
  /// Creates an initializer of zeros.
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

/// How a parameter starts.
public protocol Initializer: Component {
  /// Fills `values`, a tensor of `shape`, with its first numbers.
  ///
  /// - Parameters:
  ///   - values: the numbers to be written.
  ///   - shape: the lengths of the tensor's axes.
  ///   - fanIn: how many inputs each unit sums over.
  ///   - fanOut: how many units each input reaches.
  ///   - random: the generator to draw from.
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random)
}

extension Initializer {
  /// The kind `initializer`.
  public static var kind: ComponentKind { .initializer }
}

/// An initializer that draws each number by itself.
///
/// ```swift
/// struct Rademacher: ElementwiseInitializer {
///   static let name = "rademacher"
///   func draw(fanIn: Int, fanOut: Int, using random: inout Random) -> Float {
///     (random.uniform() < 0.5 ? 1 : -1) / Float(max(fanIn, 1)).squareRoot()
///   }
/// }
/// ```
public protocol ElementwiseInitializer: Initializer {
  /// One number for a unit that sums over `fanIn` inputs, each of which reaches `fanOut` units.
  func draw(fanIn: Int, fanOut: Int, using random: inout Random) -> Float
}

extension ElementwiseInitializer {
  /// One draw a number, in order.
  @inlinable
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    for i in values.indices { values[i] = draw(fanIn: fanIn, fanOut: fanOut, using: &random) }
  }
}

/// Sets a parameter's initial values.
public protocol Initializer: Component {
  /// Fills `values`, a tensor of `shape`, with initial values.
  ///
  /// - Parameters:
  ///   - values: the numbers to write.
  ///   - shape: the lengths of the tensor's axes.
  ///   - fanIn: the number of inputs that each unit sums over.
  ///   - fanOut: the number of units that each input reaches.
  ///   - random: the generator to draw from.
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random)
}

extension Initializer {
  /// The kind `initializer`.
  public static var kind: ComponentKind { .initializer }
}

/// An initializer that draws each number independently.
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
  /// Draws one number for a unit that sums over `fanIn` inputs, each of which reaches `fanOut` units.
  func draw(fanIn: Int, fanOut: Int, using random: inout Random) -> Float
}

extension ElementwiseInitializer {
  /// Draws the numbers one by one, in order.
  @inlinable
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    for i in values.indices { values[i] = draw(fanIn: fanIn, fanOut: fanOut, using: &random) }
  }
}

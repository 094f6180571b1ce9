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

/// A penalty on a parameter, added to what training makes small.
public protocol Regularizer: Component {
  /// The penalty of `weight`, a tensor of `shape` (`[units, inputs]` for a dense layer).
  func penalty(_ weight: Span<Float>, shape: [Int]) -> Float
  /// Adds the penalty's gradient to `gradient`.
  func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>)
}

extension Regularizer {
  /// The kind `regularizer`.
  public static var kind: ComponentKind { .regularizer }
}

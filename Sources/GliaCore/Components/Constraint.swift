/// A constraint on a parameter's values: after every update, the parameter is projected onto the allowed set.
public protocol Constraint: Component {
  /// Projects `weight`, a tensor of `shape` (`[units, inputs]` for a dense layer), onto the allowed set.
  func project(_ weight: inout MutableSpan<Float>, shape: [Int])
}

extension Constraint {
  /// The kind `constraint`.
  public static var kind: ComponentKind { .constraint }
}

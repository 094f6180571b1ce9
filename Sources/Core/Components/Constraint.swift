/// A set that a parameter may not leave: after every update it is brought back to the nearest point.
public protocol Constraint: Component {
  /// Projects `weight`, a tensor of `shape` (`[units, inputs]` for a dense layer), onto what is allowed.
  func project(_ weight: inout MutableSpan<Float>, shape: [Int])
}

extension Constraint {
  /// The kind `constraint`.
  public static var kind: ComponentKind { .constraint }
}

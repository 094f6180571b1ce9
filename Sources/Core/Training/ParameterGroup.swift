/// Parameters that are trained otherwise than the rest: by an optimizer of their own, or not at all.
///
/// ```json
/// "groups": [
///   {"tensors": ["layers.0"], "trainable": false},
///   {"tensors": ["layers.2.bias"], "optimizer": {"type": "sgd", "learning_rate": 0.1}}
/// ]
/// ```
public struct ParameterGroup: SettingsGroup {
  public static let title = "a parameter group"
  /// Names of tensors or of what contains them, such as `layers.0.weight` or `layers.0`; must be given.
  public var tensors: [String] = []
  /// Their optimizer; nil for that of the training.
  @Part public var optimizer: (any Optimizer)? = nil
  /// Whether they learn; what does not is frozen: it keeps its first values.
  public var trainable = true

  /// A group whose tensors are still to be named.
  public init() {}
  /// The tensors of the given names, frozen or with an optimizer of their own.
  public init(_ tensors: String..., optimizer: (any Optimizer)? = nil, trainable: Bool = true) {
    (self.tensors, self.optimizer, self.trainable) = (tensors, optimizer, trainable)
  }

  public func validate() throws {
    guard tensors.isEmpty else { return }
    throw GliaError(
      "a group of no tensors", at: "tensors", expected: "names such as [\"layers.0\"]", remedy: "name its tensors")
  }

  /// Whether the tensor of that name belongs to the group.
  func contains(_ name: String) -> Bool { tensors.contains { name == $0 || name.hasPrefix($0 + ".") } }
}

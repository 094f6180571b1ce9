/// Parameters that are trained differently from the rest: with their own optimizer, or not at all.
///
/// The training's schedule applies to every optimizer's rate. If several groups name a tensor, the last one applies.
///
/// ```json
/// "groups": [
///   {"tensors": ["layers.0"], "trainable": false},
///   {"tensors": ["layers.2.bias"], "optimizer": {"type": "sgd", "learning_rate": 0.1}}
/// ]
/// ```
public struct ParameterGroup: SettingsGroup {
  public static let title = "a parameter group"
  /// Names of tensors or of layers that contain them, such as `layers.0.weight` or `layers.0`; required.
  public var tensors: [String] = []
  /// Their optimizer; nil for the training's optimizer.
  @Part public var optimizer: (any Optimizer)? = nil
  /// Whether they are trained; otherwise they are frozen: they keep their exact initial values, and their gradient counts as 0.
  public var trainable = true

  /// Creates a group without tensors.
  public init() {}
  /// Creates a group of the named tensors, frozen or with their own optimizer.
  public init(_ tensors: String..., optimizer: (any Optimizer)? = nil, trainable: Bool = true) {
    (self.tensors, self.optimizer, self.trainable) = (tensors, optimizer, trainable)
  }

  public func validate() throws {
    guard tensors.isEmpty else { return }
    throw GliaError(
      "a group without tensors", at: "tensors", expected: "names such as [\"layers.0\"]", remedy: "name its tensors")
  }

  /// Returns, for each tensor of a network, the last group that names it; throws if a name matches no tensor.
  static func assign(_ groups: [ParameterGroup], to names: [String]) throws -> [Int?] {
    guard !groups.isEmpty else { return names.map { _ in nil } }
    let parts = names.map(partsContaining)
    let known = Set(parts.joined())
    var lastGroup: [Substring: Int] = [:]
    for (index, group) in groups.enumerated() {
      let place = "training.groups.\(index)"
      try GliaError.locating(place, group.validate)
      if let optimizer = group.optimizer { try GliaError.locating(place + ".optimizer", optimizer.checkSettings) }
      for (number, part) in group.tensors.enumerated() {
        lastGroup[part[...]] = index
        guard !known.contains(part[...]) else { continue }
        throw GliaError(
          "the network has no tensor '\(part.excerpt)'", at: "\(place).tensors.\(number)",
          expected: "one of \(names.prefix(20).joined(separator: ", ")), or the beginning of one, such as layers.0",
          remedy: Suggestion.nearest(to: part, among: names).map { "did you mean '\($0)'?" })
      }
    }
    return parts.map { $0.compactMap { lastGroup[$0] }.max() }
  }

  /// Returns the names by which a group may refer to a tensor: `layers`, `layers.0` and `layers.0.weight` for the last of
  /// these.
  private static func partsContaining(_ name: String) -> [Substring] {
    name.indices.filter { name[$0] == "." }.map { name[..<$0] } + [name[...]]
  }
}

/// Parameters that are trained otherwise than the rest: by an optimizer of their own, or not at all.
///
/// A schedule of the training acts on every optimizer's rate. Where several groups name a tensor, the last one counts.
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
  /// Whether they learn; what does not is frozen: it keeps its first values to the bit, and its gradient counts as 0.
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

  /// For each of a network's tensors the last group that names it; throws for a name that no tensor has.
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

  /// What a group may call a tensor by: `layers`, `layers.0` and `layers.0.weight` for the last of these.
  private static func partsContaining(_ name: String) -> [Substring] {
    name.indices.filter { name[$0] == "." }.map { name[..<$0] } + [name[...]]
  }
}

import Glia
import OrderedCollections

/// The tensors of one layer, in a network or in a file.
struct WeightGroup {
  /// A tensor.
  struct Member {
    let name: String
    /// The shape as Glia stores it.
    let shape: [Int]
    let isTransposed: Bool
  }

  /// What the names of its tensors have in common.
  let layer: String
  /// The tensors by role.
  private(set) var members: OrderedDictionary<String, Member> = [:]

  /// What a layer of a network and one of a file must agree on.
  var signature: [String: [Int]] { Dictionary(members.map { ($0, $1.shape) }) { first, _ in first } }

  /// The tensors with their shapes.
  var description: String {
    members.values.map { "\($0.name.excerpt) \($0.isTransposed ? $0.shape.reversed() : $0.shape)" }
      .joined(separator: ", ")
  }

  /// Returns the layers that tensors belong to, in the order in which they first occur.
  static func groups(of tensors: [(name: String, shape: [Int])]) -> [WeightGroup] {
    var groups: OrderedDictionary<String, WeightGroup> = [:]
    for (name, shape) in tensors {
      let parsed = WeightName(name)
      let isTransposed = parsed.isKernel && shape.count == 2
      var group = groups[parsed.layer] ?? WeightGroup(layer: parsed.layer)
      // Two tensors with one role cannot be told apart by it.
      let role = group.members[parsed.role] == nil ? parsed.role : name
      group.members[role] = Member(
        name: name, shape: isTransposed ? shape.reversed() : shape, isTransposed: isTransposed)
      groups[parsed.layer] = group
    }
    return Array(groups.values)
  }
}

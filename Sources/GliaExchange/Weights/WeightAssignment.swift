import Glia

/// Which tensor of a file becomes which tensor of a network, where the file was written by another program.
///
/// Layers are matched by the roles and shapes of their tensors: a weight of 16 × 4 with a bias of 16 fits one kind of layer only.
/// Where several layers have the same ones, the order of their names decides, with numbers compared as numbers: the safetensors
/// libraries sort tensors by name, so that the order in the file tells nothing. Matrices called `kernel` are inputs × units, as in
/// Keras, and are transposed.
public struct WeightAssignment: Sendable {
  /// A tensor of the network, and the one of the file that it is set to.
  public struct Pair: Hashable, Sendable {
    /// The name in the network, such as `layers.0.weight`.
    public let name: String
    /// The name in the file, such as `fc1.weight`.
    public let source: String
    /// The shape in the network.
    public let shape: [Int]
    /// Whether the rows of the file's matrix are the columns of the network's.
    public let isTransposed: Bool
  }

  /// The tensors, in the order of the network.
  public private(set) var pairs: [Pair] = []
  /// What the user should know, such as that the order of names decided.
  public private(set) var remarks: [String] = []

  /// Whether all names are those of the network.
  public var isByName: Bool { pairs.allSatisfy { $0.name == $0.source } }

  /// Matches the tensors of a file with those of a network.
  ///
  /// - Throws: `GliaError` that lists the tensors without a counterpart on both sides.
  public init(of file: SafeTensors, to network: Network) throws {
    let own = network.tensors.map { (name: $0.name, shape: $0.tensor.shape) }
    // Equal names decide, whatever the shapes.
    if Set(own.map(\.name)) == Set(file.tensors.keys) {
      let wrong = own.filter { file.tensors[$0.name]?.shape != $0.shape }
      guard wrong.isEmpty else {
        throw Self.mismatch(
          wrong.map(Self.label), wrong.map { Self.label($0.name, file.tensors[$0.name]?.shape ?? []) })
      }
      pairs = own.map { Pair(name: $0.name, source: $0.name, shape: $0.shape, isTransposed: false) }
      return
    }
    let given = file.tensors.map { (order: NaturalOrder($0.key), name: $0.key, shape: $0.value.shape) }
      .sorted { $0.order < $1.order }.map { (name: $0.name, shape: $0.shape) }
    if !given.contains(where: { WeightName($0.name).isKnown }), given.map(\.shape) == own.map(\.shape) {
      pairs = zip(own, given).map { Pair(name: $0.name, source: $1.name, shape: $0.shape, isTransposed: false) }
      remarks = ["the names do not tell what the tensors are; they were taken in the order of their names"]
      return
    }
    try match(WeightGroup.groups(of: own), WeightGroup.groups(of: given))
    if file.metadata["glia.version"] == nil { remarks += Self.remarks(on: network.layers, names: given.map(\.name)) }
  }

  private mutating func match(_ own: [WeightGroup], _ given: [WeightGroup]) throws {
    var places = Dictionary(grouping: given.indices.reversed()) { given[$0].signature }
    let matches = own.map { group in places[group.signature]?.popLast() }
    let used = Set(matches.compactMap(\.self))
    guard used.count == own.count, used.count == given.count else {
      throw Self.mismatch(
        zip(own, matches).filter { $1 == nil }.map(\.0.description),
        given.indices.filter { !used.contains($0) }.map { given[$0].description })
    }
    let chosen = matches.compactMap { $0.map { given[$0] } }
    try Self.requireOrder(chosen)
    for (group, source) in zip(own, chosen) {
      for (role, member) in group.members {
        guard let tensor = source.members[role] else { continue }
        pairs.append(
          Pair(name: member.name, source: tensor.name, shape: member.shape, isTransposed: tensor.isTransposed))
      }
    }
    let alike = Dictionary(grouping: zip(own, chosen)) { $0.0.signature }.values.map { $0.map(\.1.layer) }
    // Numbers in names are an order; other names are not.
    for names in alike where Set(names.map(NaturalOrder.stem)).count > 1 {
      let list = names.prefix(4).map(\.excerpt).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
      remarks.append("\(list) have the same shapes; they were taken in this order of their names")
    }
    remarks.sort()
  }

  /// Throws if layers whose names differ in a number only would be in another order in the network.
  private static func requireOrder(_ chosen: [WeightGroup]) throws {
    var last: [String: WeightGroup] = [:]
    for group in chosen {
      let stem = NaturalOrder.stem(group.layer)
      if let before = last[stem], NaturalOrder(group.layer) < NaturalOrder(before.layer) {
        throw GliaError(
          "by their shapes, the file's '\(before.layer.excerpt)' would come before '\(group.layer.excerpt)'",
          expected: "layers in the order of the network",
          remedy: "compare the layers of both networks, or rename the tensors to \(Self.example)")
      }
      last[stem] = group
    }
  }

  private static let example = "those of the network, such as layers.0.weight"

  private static func label(_ name: String, _ shape: [Int]) -> String { "\(name.excerpt) \(shape)" }

  private static func mismatch(_ own: [String], _ given: [String]) -> GliaError {
    func cell(_ list: [String], _ row: Int) -> String {
      guard row < 20 else { return row < list.count ? "… and \(list.count - row) more" : "" }
      return row < list.count ? list[row] : ""
    }
    let rows = (0..<min(max(own.count, given.count), 21)).map { [cell(own, $0), cell(given, $0)] }
    return GliaError(
      "the tensors of the file do not fit the network", expected: "the same shapes, layer by layer",
      remedy: "give the experiment the layers of the network that wrote the file\n"
        + TextTable(header: ["only in the network", "only in the file"], alignment: [], rows: rows).description)
  }

  /// What weights cannot tell: the ε of normalizations, whose defaults differ from PyTorch's.
  private static func remarks(on layers: [any Layer], names: [String]) -> [String] {
    guard !names.contains(where: { WeightName($0).isKernel }) else { return [] }
    let found = layers.epsilons.filter { $0.value != 1e-5 }
    return found.isEmpty
      ? []
      : [
        "PyTorch's default ε is 1e-05, but \(found.map { "\($0.key) here has \($0.value)" }.sorted().joined(separator: ", "));"
          + " set \"epsilon\" as in the file's network"
      ]
  }
}

extension [any Layer] {
  /// The ε of each kind of normalization; the first one if they differ.
  fileprivate var epsilons: [String: Float] {
    reduce(into: [:]) { found, layer in
      let own: [String: Float] =
        switch layer {
        case let norm as BatchNorm: [BatchNorm.name: norm.epsilon]
        case let norm as LayerNorm: [LayerNorm.name: norm.epsilon]
        case let container as any ContainerLayer: container.layers.epsilons
        default: [:]
        }
      found.merge(own) { first, _ in first }
    }
  }
}

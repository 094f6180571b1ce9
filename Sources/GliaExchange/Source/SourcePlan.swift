/// Which operations of a graph are computed together, so that only results that must be kept are written to memory.
struct SourcePlan {
  /// A loop in which operations are computed.
  enum Region: Hashable {
    /// The loop over all elements of an operation's result.
    case own(Int)
    /// The loop over the numbers that an operation reduces to one.
    case inner(Int)
    /// The loop that writes one operand of a concatenation.
    case piece(Int, Int)
  }

  /// A result that an operation reads, and the shape in which it reads it.
  struct Operand {
    let node: Int
    let shape: [Int]
  }

  private(set) var nodes: [SymbolicNode]
  /// The result whose numbers are those of each operation: another one for a reshaped result.
  private var sources: [Int]
  /// The operation that computes the outputs.
  let output: Int
  /// The operations that are needed, in order.
  private(set) var order: [Int] = []
  /// The numbers of results that are known.
  private(set) var constants: [Int: [Double]] = [:]
  /// The loop that computes an operation in passing; none for a result that is kept.
  private(set) var regions: [Int: Region] = [:]
  /// The operations that a loop computes in passing, in order.
  private(set) var members: [Region: [Int]] = [:]
  /// How often a result is read.
  private(set) var uses: [Int]

  /// Plans the computation of the result `output` of `graph`.
  init(_ graph: SymbolicGraph, output: Int) {
    nodes = (0...output).map { graph[$0] }
    sources = Array(nodes.indices)
    uses = Array(repeating: 0, count: nodes.count)
    for index in nodes.indices { (nodes[index].operation, sources[index]) = Self.simplified(index, &nodes, sources) }
    self.output = sources[output]
    order = reachable()
    for index in order where nodes[index].isConstant { constants[index] = folded(index) }
    assignRegions()
  }

  /// The results that operation `index` reads.
  func operands(_ index: Int) -> [Operand] {
    nodes[index].inputs.map { Operand(node: sources[$0], shape: nodes[$0].shape) }
  }

  /// Whether the result is computed by itself.
  func isKept(_ index: Int) -> Bool {
    regions[index] == nil && constants[index] == nil && !nodes[index].operation.isView
  }

  /// Returns the operation, where chosen elements are taken from their origin, and whose numbers its result has.
  private static func simplified(
    _ index: Int, _ nodes: inout [SymbolicNode], _ sources: [Int]
  ) -> (SymbolicOperation, source: Int) {
    switch nodes[index].operation {
    case .reshape: return (.reshape, sources[nodes[index].inputs[0]])
    case .pick(var indices):
      var source = sources[nodes[index].inputs[0]]
      if case .concatenate = nodes[source].operation,
        let (piece, offset) = piece(with: indices, of: nodes[source], nodes)
      {
        indices = indices.map { $0 - offset }
        source = sources[piece]
      }
      if case .pick(let earlier) = nodes[source].operation {
        indices = indices.map { earlier[$0] }
        source = sources[nodes[source].inputs[0]]
      }
      nodes[index].inputs = [source]
      let isWhole = indices.count == nodes[source].count && indices.enumerated().allSatisfy { $0 == $1 }
      return (.pick(indices), isWhole ? source : index)
    default: return (nodes[index].operation, index)
    }
  }

  /// Returns the only operand of a concatenation that has all of the elements, and the index of its first one.
  private static func piece(
    with indices: [Int], of node: SymbolicNode, _ nodes: [SymbolicNode]
  ) -> (piece: Int, offset: Int)? {
    guard node.count == node.shape.last, let low = indices.min(), let high = indices.max() else { return nil }
    var offset = 0
    for input in node.inputs {
      let end = offset + nodes[input].count
      if low < end { return low >= offset && high < end ? (input, offset) : nil }
      offset = end
    }
    return nil
  }

  private func reachable() -> [Int] {
    var isNeeded = [Bool](repeating: false, count: nodes.count)
    isNeeded[output] = true
    for index in isNeeded.indices.reversed() where isNeeded[index] {
      for operand in operands(index) { isNeeded[operand.node] = true }
    }
    return isNeeded.indices.filter { isNeeded[$0] }
  }

  /// Returns the numbers of a constant result; nil if they are left to the program.
  private func folded(_ index: Int) -> [Double]? {
    let node = nodes[index]
    if let values = node.operation.constants { return values }
    guard let operand = node.inputs.first, let values = constants[sources[operand]] else { return nil }
    switch node.operation {
    case .pick(let indices): return indices.map { values[$0] }
    case .cast: return node.element == .float ? values.map { Double(Float($0)) } : values
    case .unary(let function) where node.element == .double: return values.map { function($0) }
    default: return nil
    }
  }

  private mutating func assignRegions() {
    var readers = [[Region?]](repeating: [], count: nodes.count)
    for index in order.reversed() where constants[index] == nil {
      if index != output, let region = readers[index].first ?? nil, readers[index].allSatisfy({ $0 == region }),
        nodes[index].operation.canJoin(region)
      {
        regions[index] = region
        members[region, default: []].append(index)
      }
      for (place, operand) in operands(index).enumerated() {
        uses[operand.node] += 1
        readers[operand.node].append(region(ofOperand: place, operand.node, index))
      }
    }
    for region in members.keys { members[region]?.reverse() }
  }

  /// Returns the loop that needs exactly one element of an operand in each pass; nil if it must be kept.
  private func region(ofOperand place: Int, _ operand: Int, _ index: Int) -> Region? {
    switch nodes[index].operation {
    case .unary, .binary, .select, .cast:
      nodes[operand].count == nodes[index].count ? regions[index] ?? .own(index) : nil
    case .reduce: .inner(index)
    case .concatenate: .piece(index, place)
    default: nil
    }
  }
}

extension SymbolicOperation {
  /// Whether it only chooses among the elements of its operand, or is given.
  var isView: Bool {
    switch self {
    case .input, .constant, .pick, .reshape: true
    default: false
    }
  }

  /// Whether it can be computed in passing in a loop: one element in each pass.
  fileprivate func canJoin(_ region: SourcePlan.Region) -> Bool {
    switch self {
    case .unary, .binary, .select, .cast, .lookup: return true
    case .product, .reduce:
      if case .inner = region { return false }
      return true
    default: return false
    }
  }
}

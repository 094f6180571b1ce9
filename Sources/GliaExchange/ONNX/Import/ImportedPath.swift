import Glia

/// Turns the steps of a flow into pieces of a network.
struct ImportedPath {
  private let flow: ONNXFlow
  private let recognition: ActivationRecognition
  private var remaining = 10_000
  private let budget: ImportBudget

  init(_ flow: ONNXFlow, budget: ImportBudget) {
    (self.flow, self.budget) = (flow, budget)
    recognition = ActivationRecognition(flow: flow, budget: budget)
  }

  /// More steps than any activation is written with.
  private static let longest = 24

  /// Returns the pieces between two steps; every way to `end` must lead through `start`.
  mutating func pieces(from start: Int, to end: Int, depth: Int = 0) throws -> [ImportedPiece] {
    let path = flow.path(from: start, to: end)
    try spend(path.count, depth, at: flow.steps[end].place)
    var (pieces, current, position): ([ImportedPiece], Int, Int) = ([], start, 0)
    while position < path.count {
      let (length, found) =
        try recognized(path[position...], from: current)
        ?? (1, self.pieces(ofStep: path[position], from: current, depth: depth))
      // A value may be part of several branches.
      for piece in found { try budget.charge(piece.size, at: flow.steps[path[position]].place) }
      pieces += found
      position += length
      current = path[position - 1]
    }
    return pieces
  }

  /// Returns the most steps at the beginning of `path` that amount to one activation or normalization.
  private func recognized(_ path: ArraySlice<Int>, from start: Int) throws -> (length: Int, pieces: [ImportedPiece])? {
    var (ends, region, current): ([[Int]], [Int], Int) = ([], [], start)
    for step in path.prefix(Self.longest) {
      guard flow.isUniform(step), let part = flow.region(from: current, to: step, limit: 2 * Self.longest),
        part.allSatisfy(flow.isUniform)
      else { break }
      region += part
      ends.append(region)
      current = step
    }
    for (index, region) in ends.enumerated().reversed() {
      // A single function says itself what it is.
      if index == 0, case .function(_, let own) = flow.steps[region[0]].operation, region.count == 1,
        let pieces = own(flow.steps[region[0]].count)
      {
        return (1, pieces)
      }
      let end = path[path.startIndex + index]
      if flow.steps[end].shape == flow.steps[start].shape,
        let pieces = try recognition.pieces(for: region, from: start, through: path[path.startIndex])
      {
        return (index + 1, pieces)
      }
    }
    return nil
  }

  private mutating func pieces(ofStep index: Int, from start: Int, depth: Int) throws -> [ImportedPiece] {
    let step = flow.steps[index]
    func branches(_ mode: ParallelMode, _ path: inout ImportedPath, negating: Bool = false) throws -> [ImportedPiece] {
      var branches = try step.operands.map { try path.pieces(from: start, to: $0, depth: depth + 1) }
      if negating { branches[1].append(.affine(-1, 0, count: step.count)) }
      return [.branches(mode, try branches.map { try $0.simplified(path.budget, at: step.place) })]
    }
    switch step.operation {
    case .pieces(let pieces): return pieces
    case .combination(.add) where flow.terms(of: index, from: start).count > 2:
      let branches = try flow.terms(of: index, from: start).map { try pieces(from: start, to: $0, depth: depth + 1) }
      return [.branches(.add, try branches.map { try $0.simplified(budget, at: step.place) })]
    case .concatenation: return try branches(.concatenate, &self)
    case .combination(let combination):
      let isEqual = step.operands.allSatisfy { flow.steps[$0].shape == step.shape }
      switch combination {
      case .add where isEqual: return try branches(.add, &self)
      case .subtract where isEqual: return try branches(.add, &self, negating: true)
      case .multiply where isEqual: return try branches(.multiply, &self)
      default: throw failure(step, "Glia has no layer for this operation of two values")
      }
    case .function, .choice: throw failure(step, "this function is none of Glia's activations")
    case .reduction: throw failure(step, "Glia has no layer that reduces a sample to one number")
    case .complement: throw failure(step, "the probabilities of two classes are used as an input")
    case .input: return []
    }
  }

  private func failure(_ step: ONNXFlow.Step, _ what: String) -> GliaError {
    GliaError(
      what, at: step.place, expected: "activations (see glia components activation), sums, products and normalizations",
      remedy: "replace it in the model before exporting")
  }

  /// Values that many others use in several ways could make branches without end.
  private mutating func spend(_ steps: Int, _ depth: Int, at place: String) throws {
    remaining -= steps + 1
    guard remaining > 0, depth < 32 else {
      throw GliaError(
        "the branches of the graph are too entangled", at: place, expected: "branches that are joined again",
        remedy: "simplify the model before exporting")
    }
  }
}

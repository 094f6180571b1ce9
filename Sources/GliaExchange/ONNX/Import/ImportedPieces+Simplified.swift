import Glia

extension [ImportedPiece] {
  /// Returns the same function of fewer pieces: scaling moves into the dense layers and normalizations beside it.
  ///
  /// - Parameter keepsScaling: whether scaling at the beginning by positive factors stays, to become a standardization.
  func simplified(_ budget: ImportBudget, at place: String, keepsScaling: Bool = false) throws -> [ImportedPiece] {
    var pieces: [ImportedPiece] = []
    for piece in self { try pieces.push(piece, keepsScaling) { try budget.charge($0, at: place) } }
    return pieces
  }

  private mutating func push(_ piece: ImportedPiece, _ keepsScaling: Bool, _ charge: (Int) throws -> Void) throws {
    guard !piece.isIdentity else { return }
    if let last { try charge(last.cost(ofJoining: piece)) }
    if let last, !(keepsScaling && count == 1 && last.isPositiveScaling && !piece.isAffine),
      let joined = last.joined(piece)
    {
      removeLast()
      for part in joined { try push(part, keepsScaling, charge) }
    } else {
      append(piece)
    }
  }
}

extension ImportedPiece {
  /// Whether it can be undone by a multiplication with positive numbers.
  var isPositiveScaling: Bool {
    guard case .affine(let factor, _) = self else { return false }
    return factor.allSatisfy { $0 > 0 }
  }

  fileprivate var isAffine: Bool { if case .affine = self { true } else { false } }

  /// The numbers that joining it with the next piece computes.
  fileprivate func cost(ofJoining next: ImportedPiece) -> Int {
    switch (self, next) {
    case (.selection(_, let inputs), .dense(_, let bias, _)): bias.count * inputs
    case (.dense, .affine), (.affine, .affine), (.affine, .dense), (.selection, .affine), (.selection, .selection),
      (.reshape, .affine):
      size + next.size
    default: 0
    }
  }

  /// The numbers that it holds or selects from.
  var size: Int {
    switch self {
    case .dense(let weight, _, _): weight.count
    case .affine(let factor, _): factor.count
    case .selection(let indices, let inputs): indices.count + inputs
    default: 0
    }
  }

  /// Returns other pieces for this one and the next, of which there are fewer or the scaling comes earlier; nil if both stay.
  fileprivate func joined(_ next: ImportedPiece) -> [ImportedPiece]? {
    switch (self, next) {
    case (.affine(let a, let b), .affine(let c, let d)) where a.count == c.count:
      return [.affine(factor: product(a, c), offset: sum(product(b, c), d))]
    case (.dense(let weight, let bias, let inputs), .affine(let a, let b)) where bias.count == a.count:
      let scaled = weight.indices.map { weight[$0] * a[$0 / inputs] }
      return [.dense(weight: scaled, bias: sum(product(bias, a), b), inputs: inputs)]
    case (.affine(let a, let b), .dense(let weight, let bias, let inputs)) where inputs == a.count:
      let shifted = bias.indices.map { unit in
        (0..<inputs).reduce(bias[unit]) { $0 + weight[unit * inputs + $1] * b[$1] }
      }
      return [.dense(weight: weight.indices.map { weight[$0] * a[$0 % inputs] }, bias: shifted, inputs: inputs)]
    case (.normalization(let layer, let weight, let bias, let others), .affine(let a, let b)):
      guard a.count == weight.count, bias != nil || b.allSatisfy({ $0 == 0 }) else { return nil }
      return [
        .normalization(
          layer, weight: product(weight, a), bias: bias.map { sum(product($0, a), b) }, others: others)
      ]
    case (.selection(let indices, let inputs), .affine(let a, let b)):
      guard Set(indices).count == indices.count, a.count == indices.count else { return nil }
      var factor = [Double](repeating: 1, count: inputs)
      var offset = [Double](repeating: 0, count: inputs)
      for (place, index) in indices.enumerated() { (factor[index], offset[index]) = (a[place], b[place]) }
      return [.affine(factor: factor, offset: offset), self]
    case (.selection(let indices, let inputs), .dense(let weight, let bias, let width)) where width == indices.count:
      var spread = [Double](repeating: 0, count: bias.count * inputs)
      for unit in bias.indices {
        for (place, index) in indices.enumerated() { spread[unit * inputs + index] += weight[unit * width + place] }
      }
      return [.dense(weight: spread, bias: bias, inputs: inputs)]
    case (.selection(let first, let inputs), .selection(let second, _)):
      return [.selection(second.map { first[$0] }, inputs: inputs)]
    case (.branches(.add, let branches), .affine(let factor, let offset))
    where offset.allSatisfy({ $0 == 0 }) && factor.allSatisfy({ ($0 * Double(branches.count) - 1).magnitude < 1e-6 }):
      return [.branches(.average, branches)]
    case (.reshape, .affine): return [next, self]
    case (.selection, .reshape(let shape)) where shape.count == 1: return [self]
    case (.reshape, .reshape): return [next]
    default: return nil
    }
  }

  private func product(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 * $1 } }
  private func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }
}

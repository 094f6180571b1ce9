import GliaCore

extension [Float] {
  /// Whether both have the same bits, NaNs included.
  func hasSameBits(as other: [Float]) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0.bitPattern == $1.bitPattern }
  }

  /// The numbers of row `index`.
  func row(_ index: Int, width: Int) -> [Float] { Array(self[index * width..<(index + 1) * width]) }

  /// These numbers with one of them moved.
  func moving(_ index: Int, by distance: Double) -> [Float] {
    var moved = self
    moved[index] = Float(Double(moved[index]) + distance)
    return moved
  }

  /// Σ a b, in double precision.
  func dot(_ other: [Float]) -> Double { zip(self, other).reduce(0) { $0 + Double($1.0) * Double($1.1) } }

  /// The first number that is not finite.
  var firstNotFinite: Int? { firstIndex { !$0.isFinite } }
}

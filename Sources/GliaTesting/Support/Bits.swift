import GliaCore

extension [Float] {
  /// Whether both arrays have the same bits, including NaNs.
  func hasSameBits(as other: [Float]) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0.bitPattern == $1.bitPattern }
  }

  /// The values of row `index`.
  func row(_ index: Int, width: Int) -> [Float] { Array(self[index * width..<(index + 1) * width]) }

  /// The values with one of them shifted.
  func moving(_ index: Int, by distance: Double) -> [Float] {
    var moved = self
    moved[index] = Float(Double(moved[index]) + distance)
    return moved
  }

  /// Σ a b, in double precision.
  func dot(_ other: [Float]) -> Double { zip(self, other).reduce(0) { $0 + Double($1.0) * Double($1.1) } }

  /// The index of the first value that is not finite.
  var firstNotFinite: Int? { firstIndex { !$0.isFinite } }
}

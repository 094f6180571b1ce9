import GliaCore

/// A Sobol sequence in Gray-code order, with nested uniform scrambling.
struct SobolSequence {
  /// For each dimension, the 32 direction numbers.
  private let directions: [[UInt32]]
  private let seed: UInt64?

  static var mostDimensions: Int { SobolDirections.initial.count + 1 }

  /// Creates a sequence of at most ``mostDimensions`` dimensions; without a seed, it is not scrambled.
  init(dimensions: Int, seed: UInt64?) {
    self.seed = seed
    let first = (0..<32).map { UInt32(1) << (31 - $0) }
    directions = [first] + SobolDirections.initial.prefix(max(dimensions - 1, 0)).map { Self.directions($0.0, $0.1) }
  }

  /// Returns point `index`, with coordinates in [0, 1).
  func point(_ index: Int) -> [Double] {
    let gray = UInt32(truncatingIfNeeded: index ^ (index >> 1))
    return directions.enumerated().map { dimension, directions in
      var bits: UInt32 = 0
      for place in 0..<32 where gray >> place & 1 == 1 { bits ^= directions[place] }
      return Double(scrambled(bits, dimension)) * 0x1p-32
    }
  }

  /// Flips every bit at random, depending on the bits above it (Owen, 1995).
  private func scrambled(_ bits: UInt32, _ dimension: Int) -> UInt32 {
    guard let seed else { return bits }
    let start = Random.mix(seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(dimension + 1))
    var result: UInt32 = 0
    for place in (0..<32).reversed() {
      // A leading 1 tells prefixes of different lengths apart.
      let prefix = UInt64(1) << (31 - place) | UInt64(bits) >> (place + 1)
      result |= (bits >> place & 1 ^ UInt32(Random.mix(start ^ prefix) >> 63)) << place
    }
    return result
  }

  /// Returns the direction numbers of a polynomial and its initial numbers (Bratley and Fox, 1988).
  private static func directions(_ coefficients: UInt32, _ numbers: [UInt32]) -> [UInt32] {
    let degree = numbers.count
    var directions = numbers.enumerated().map { $1 << (31 - $0) }
    for i in degree..<32 {
      var next = directions[i - degree] ^ (directions[i - degree] >> degree)
      for k in 1..<degree where coefficients >> (degree - 1 - k) & 1 == 1 { next ^= directions[i - k] }
      directions.append(next)
    }
    return directions
  }
}

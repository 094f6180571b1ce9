import RealModule

/// An explicit random number generator: xoshiro256++ (Blackman and Vigna, 2019), seeded with SplitMix64.
///
/// Glia has no global generator. Code that draws numbers receives a generator made from a seed and the *purpose* of the draw,
/// so the order of epoch 7 depends only on the seed and on 7, and a resumed training draws the same numbers as an uninterrupted
/// one.
public struct Random: RandomNumberGenerator, Hashable, Sendable {
  private var s0, s1, s2, s3: UInt64

  /// Creates a generator for one seed and one purpose; different `purpose` lists yield independent streams.
  public init(seed: UInt64, _ purpose: UInt64...) {
    var mixer = purpose.reduce(seed) { Self.mix($0 &+ 0x9E37_79B9_7F4A_7C15 &* ($1 &+ 1)) }
    func next() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      return Self.mix(mixer)
    }
    (s0, s1, s2, s3) = (next(), next(), next(), next())
  }

  /// Applies SplitMix64's finalizer, which spreads every bit of `value` over the whole result.
  public static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Returns the next 64 random bits.
  public mutating func next() -> UInt64 {
    func rotated(_ x: UInt64, _ by: UInt64) -> UInt64 { (x << by) | (x >> (64 - by)) }
    let result = rotated(s0 &+ s3, 23) &+ s0
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotated(s3, 45)
    return result
  }

  /// Draws a number uniformly from [0, 1).
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Draws a number uniformly from `low` to `high`.
  public mutating func uniform(_ low: Float, _ high: Float) -> Float {
    low + (high - low) * Float(next() >> 40) * 0x1p-24
  }

  /// Draws a number from the standard normal distribution N(0, 1) (Box and Muller, 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * Double.log(1 - uniform())).squareRoot()
    return radius * Double.cos(2 * .pi * uniform())
  }

  /// Draws a whole number uniformly from 0 up to, but not including, `bound` (Lemire, 2019); 0 for a bound of 0 or less.
  public mutating func below(_ bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    while product.low < bound, product.low < (0 &- bound) % bound {
      product = next().multipliedFullWidth(by: bound)
    }
    return Int(product.high)
  }

  /// Shuffles `values` uniformly (Fisher and Yates).
  public mutating func shuffle<T>(_ values: inout [T]) {
    for i in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(i, below(i + 1)) }
  }

  /// Draws a random permutation of the whole numbers below `count`.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<max(count, 0))
    shuffle(&order)
    return order
  }
}

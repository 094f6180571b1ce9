import RealModule

/// An explicit random generator: xoshiro256++ (Blackman and Vigna, 2019), seeded through SplitMix64.
///
/// Glia hides no generator. Whoever draws numbers is given one, made from a seed and the *purpose* of the draw, so that
/// the order of epoch 7 depends on the seed and on 7 alone and a resumed training draws what an uninterrupted one would.
public struct Random: RandomNumberGenerator, Hashable, Sendable {
  private var s0, s1, s2, s3: UInt64

  /// A generator for one seed and one purpose; different `purpose` lists give independent streams.
  public init(seed: UInt64, _ purpose: UInt64...) {
    var mixer = purpose.reduce(seed) { Self.mix($0 &+ 0x9E37_79B9_7F4A_7C15 &* ($1 &+ 1)) }
    func next() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      return Self.mix(mixer)
    }
    (s0, s1, s2, s3) = (next(), next(), next(), next())
  }

  /// SplitMix64's finalizer: spreads every bit of `value` over the whole result.
  public static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 64 random bits.
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

  /// A number drawn uniformly from 0 up to, not including, 1.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number drawn uniformly from `low` up to `high`.
  public mutating func uniform(_ low: Float, _ high: Float) -> Float {
    low + (high - low) * Float(next() >> 40) * 0x1p-24
  }

  /// A number drawn from the standard normal distribution N(0, 1) (Box and Muller, 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * Double.log(1 - uniform())).squareRoot()
    return radius * Double.cos(2 * .pi * uniform())
  }

  /// A whole number drawn uniformly from 0 up to, not including, `bound` (Lemire, 2019); 0 for a bound of 0 or less.
  public mutating func below(_ bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    while product.low < bound, product.low < (0 &- bound) % bound {
      product = next().multipliedFullWidth(by: bound)
    }
    return Int(product.high)
  }

  /// Puts `values` into a uniformly drawn order (Fisher and Yates).
  public mutating func shuffle<T>(_ values: inout [T]) {
    for i in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(i, below(i + 1)) }
  }

  /// The whole numbers below `count` in a uniformly drawn order.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<max(count, 0))
    shuffle(&order)
    return order
  }
}

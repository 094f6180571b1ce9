import GliaCore

/// The exclusive or: (0, 0) → 0, (0, 1) → 1, (1, 0) → 1, (1, 1) → 0.
///
/// Further samples repeat the corners in turn; noise is added to both coordinates. A single layer cannot learn it.
///
/// Source: Minsky and Papert, "Perceptrons" (1969).
public struct XOR: GeneratedData {
  public static let name = "xor"
  public static let summary = "the exclusive or: two opposite corners of a square against the others"
  /// The number of points; after the fourth, the corners repeat.
  public var samples = 4
  /// The standard deviation of the noise on both coordinates.
  public var noise = 0.0
  /// The seed of the noise.
  public var seed: UInt64 = 0

  /// Creates the four points.
  public init() {}
  /// Creates the given number of points around the four corners.
  public init(samples: Int, noise: Double = 0, seed: UInt64 = 0) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let (a, b) = (index / 2 % 2, index % 2)
    return GeneratedSample([Double(a) + deviation(&random), Double(b) + deviation(&random)], Double(a ^ b))
  }
}

extension DataSource where Self == XOR {
  /// The exclusive or.
  public static func xor(samples: Int = 4, noise: Double = 0, seed: UInt64 = 0) -> XOR {
    XOR(samples: samples, noise: noise, seed: seed)
  }
}

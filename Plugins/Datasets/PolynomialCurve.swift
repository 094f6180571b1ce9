import GliaCore

/// A polynomial with noise: y = Σ cₖ xᵏ, with x evenly spaced in [-1, 1].
///
/// The default is the third Legendre polynomial, (5 x³ - 3 x) / 2, which has one local maximum and one local minimum.
public struct PolynomialCurve: GeneratedData {
  public static let name = "polynomial"
  public static let summary = "a polynomial over [-1, 1], y = Σ cₖ xᵏ, for regression"
  /// The number of points.
  public var samples = 200
  /// The standard deviation of the noise on y.
  public var noise = 0.1
  /// The seed of the noise.
  public var seed: UInt64 = 0
  /// The coefficients c₀, c₁, ..., starting with the constant.
  public var coefficients: [Double] = [0, -1.5, 0, 2.5]

  /// Creates 200 points of the third Legendre polynomial.
  public init() {}
  /// Creates points of a polynomial with the given coefficients, starting with the constant.
  public init(samples: Int, noise: Double = 0.1, seed: UInt64 = 0, coefficients: [Double] = [0, -1.5, 0, 2.5]) {
    (self.samples, self.noise, self.seed) = (samples, noise, seed)
    self.coefficients = coefficients
  }

  public var inputNames: [String] { ["x"] }
  public var targetName: String { "y" }

  public func validate() throws {
    try requireSamplesAndNoise()
    let size = coefficients.reduce(0) { $0 + $1.magnitude }
    try require(
      !coefficients.isEmpty && size <= 1e30, "coefficients", coefficients,
      expected: "at least one number, with a sum of magnitudes of at most 1e30")
  }

  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    let x = spaced(index, of: samples, from: -1, to: 1)
    return GeneratedSample([x], coefficients.reversed().reduce(0) { $0 * x + $1 } + deviation(&random))
  }
}

extension DataSource where Self == PolynomialCurve {
  /// A polynomial with the given coefficients, starting with the constant.
  public static func polynomial(
    samples: Int = 200, noise: Double = 0.1, seed: UInt64 = 0, coefficients: [Double] = [0, -1.5, 0, 2.5]
  ) -> PolynomialCurve {
    PolynomialCurve(samples: samples, noise: noise, seed: seed, coefficients: coefficients)
  }
}

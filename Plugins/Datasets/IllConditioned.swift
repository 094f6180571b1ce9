import GliaCore
import RealModule

/// A linear regression with a given condition number, a quadratic problem for comparing optimizers.
///
/// y = w · x + noise, with coefficients w drawn from N(0, I) and the samples X = √n U √Λ Qᵀ. U is an n × d matrix drawn from
/// N(0, 1) whose columns are centered and made orthonormal, Q a random rotation, and Λ contains the eigenvalues
/// λᵢ = `condition`^((i - 1) / (d - 1) - 1), spread evenly on a logarithmic scale from 1 / `condition` to 1. Hence Λ contains
/// the eigenvalues of XᵀX / n, the Hessian of half the mean squared error of all samples for the weights of a linear layer.
/// Its bias has the eigenvalue 1. The steps of gradient descent grow in proportion to the condition number.
///
/// Q is a product of d reflections I - 2 v vᵀ / |v|² with v from N(0, I).
///
/// Source: Nocedal and Wright, "Numerical optimization" (2006), section 3.3.
public struct IllConditioned: GeneratedData {
  public static let name = "ill_conditioned"
  public static let summary = "a linear regression whose Hessian has a given condition number, for comparing optimizers"
  /// The number of points, more than features.
  public var samples = 1000
  /// The number of features, at most 1000.
  public var features = 20
  /// The condition number of XᵀX, from 1 to 1e10.
  public var condition = 1000.0
  /// The standard deviation of the noise on y.
  public var noise = 0.0
  /// The seed of the rotation, the coefficients, the features, and the noise.
  public var seed: UInt64 = 0

  /// Creates 1000 points with 20 features and the condition number 1000.
  public init() {}
  /// Creates the given number of points.
  public init(samples: Int, features: Int = 20, condition: Double = 1000, noise: Double = 0, seed: UInt64 = 0) {
    (self.samples, self.features, self.condition) = (samples, features, condition)
    (self.noise, self.seed) = (noise, seed)
  }

  /// The coefficients w, which a linear model has to recover.
  public var coefficients: [Double] {
    var random = Random(seed: seed, 0xC0EFF)
    return (0..<max(features, 0)).map { _ in random.normal() }
  }

  /// The eigenvalues of XᵀX / n, ascending from 1 / `condition` to 1; a single one is 1.
  public var eigenvalues: [Double] {
    (0..<max(features, 0)).map { index in
      features == 1 ? 1 : Double.exp(Double.log(condition) * (Double(index) / Double(features - 1) - 1))
    }
  }

  public var inputNames: [String] { numberedInputs(features) }
  public var targetName: String { "y" }

  public func validate() throws {
    try requireSamplesAndNoise()
    try require(1...1000 ~= features, "features", features, expected: "a whole number from 1 to 1000")
    try require(
      samples > features, "samples", samples, expected: "more samples than features, of which there are \(features)")
    try require(condition >= 1 && condition <= 1e10, "condition", condition, expected: "a number from 1 to 1e10")
  }

  /// A row of the matrix that becomes U, and the noise on y; the point itself depends on all samples.
  public func sample(_ index: Int, random: inout Random) -> GeneratedSample {
    GeneratedSample((0..<features).map { _ in random.normal() }, deviation(&random))
  }

  public func loadUnstandardized() throws -> Dataset {
    let drawn = try generated()
    let scales = eigenvalues.map { (Double(samples) * $0).squareRoot() }
    var columns = orthonormalColumns(drawn.inputs.values)
    for (index, scale) in scales.enumerated() { columns[index] = columns[index].map { scale * $0 } }
    let (reflections, coefficients, noise) = (reflections, coefficients, try drawn.targets[0].numbers())
    var inputs: [Float] = []
    var targets: [Float] = []
    inputs.reserveCapacity(samples * features)
    for row in 0..<samples {
      let x = reflections.reduce(columns.map { $0[row] }) { x, v in
        let length = 2 * Self.product(v, x)
        return zip(x, v).map { $0 - length * $1 }
      }
      for feature in x { inputs.append(Float(feature)) }
      targets.append(Float(Self.product(coefficients, x)) + noise[row])
    }
    return try drawn.replacing(
      inputs: Tensor(shape: drawn.inputs.shape, inputs), targets: [Column(targetName, targets)])
  }

  /// The unit vectors v of the reflections whose product is the rotation.
  private var reflections: [[Double]] {
    var random = Random(seed: seed, 0x5014)
    return (0..<features).map { _ in
      let direction = (0..<features).map { _ in random.normal() }
      let length = Self.product(direction, direction).squareRoot()
      return direction.map { $0 / length }
    }
  }

  /// The columns of a matrix after centering, made orthonormal by Gram and Schmidt's method, twice for full precision.
  private func orthonormalColumns(_ values: [Float]) -> [[Double]] {
    var columns: [[Double]] = []
    for feature in 0..<features {
      var column = stride(from: feature, to: values.count, by: features).map { Double(values[$0]) }
      for _ in 0..<2 {
        let mean = column.reduce(0, +) / Double(samples)
        for row in column.indices { column[row] -= mean }
        for other in columns {
          let share = Self.product(column, other)
          for row in column.indices { column[row] -= share * other[row] }
        }
        let length = Self.product(column, column).squareRoot()
        for row in column.indices { column[row] /= length }
      }
      columns.append(column)
    }
    return columns
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}

extension DataSource where Self == IllConditioned {
  /// A linear regression with a given condition number.
  public static func illConditioned(
    samples: Int = 1000, features: Int = 20, condition: Double = 1000, noise: Double = 0, seed: UInt64 = 0
  ) -> IllConditioned {
    IllConditioned(samples: samples, features: features, condition: condition, noise: noise, seed: seed)
  }
}

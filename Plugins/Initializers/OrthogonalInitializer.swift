import GliaCore

/// A random orthogonal matrix times `gain`: w = gain · Q with orthonormal rows, or orthonormal columns if there are fewer
/// columns than rows.
///
/// Axes after the first are flattened. Gaussian vectors are orthonormalized by the Gram-Schmidt process,
/// applied twice against rounding errors; the factor R then has a positive diagonal, so Q is uniformly distributed.
///
/// Source: Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
/// networks" (2013); for the diagonal, Mezzadri, "How to generate random matrices from the classical compact groups" (2007).
public struct OrthogonalInitializer: Initializer {
  public static let name = "orthogonal"
  public static let summary = "a random orthogonal matrix times gain"
  /// The factor of the orthogonal matrix.
  public var gain: Float = 1
  /// Creates an orthogonal initializer with gain 1.
  public init() {}
  /// Creates an orthogonal initializer with the given gain.
  public init(gain: Float) { self.gain = gain }
  public func validate() throws { try require(gain.isFinite, "gain", gain, expected: "a finite number") }
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let rows = max(shape.first ?? 1, 1)
    let width = values.count / rows
    guard width > 0 else { return }
    let isWide = width >= rows
    let (count, length) = (min(rows, width), max(rows, width))
    var vectors: [[SIMD8<Double>]] = []
    for i in 0..<count {
      vectors.append(unitVector(length, orthogonalTo: vectors, using: &random))
      for j in 0..<length { values[isWide ? i * width + j : j * width + i] = gain * Float(vectors[i][j / 8][j % 8]) }
    }
  }

  /// Draws a random unit vector orthogonal to `others`.
  private func unitVector(
    _ length: Int, orthogonalTo others: [[SIMD8<Double>]], using random: inout Random
  ) -> [SIMD8<Double>] {
    var vector = [SIMD8<Double>](repeating: .zero, count: (length + 7) / 8)
    var norm: Double
    repeat {
      for j in 0..<length { vector[j / 8][j % 8] = random.normal() }
      for other in others + others {
        let part = dot(vector, other, length)
        for i in vector.indices { vector[i] -= part * other[i] }
      }
      norm = dot(vector, vector, length).squareRoot()
      // The remainder of a vector almost in the span of the others is mostly rounding error.
    } while norm < 1e-6
    for i in vector.indices { vector[i] /= norm }
    return vector
  }

  private func dot(_ a: [SIMD8<Double>], _ b: [SIMD8<Double>], _ count: Int) -> Double {
    // Eight independent sums avoid a chain of dependent additions.
    var sums = SIMD8<Double>.zero
    let whole = count / 8
    for i in 0..<whole { sums += a[i] * b[i] }
    return (0..<count % 8).reduce(sums.sum()) { $0 + a[whole][$1] * b[whole][$1] }
  }
}

extension Initializer where Self == OrthogonalInitializer {
  /// A random orthogonal matrix times `gain`.
  public static func orthogonal(gain: Float = 1) -> OrthogonalInitializer { OrthogonalInitializer(gain: gain) }
}

import GliaCore

/// Keeps the weights of every unit within a ball: w ← w · min(1, limit / ‖w‖₂).
///
/// A unit's weights are a row of the weight `[units, inputs]`; of a bias `[units]`, every number is a unit's.
///
/// Source: Srebro and Shraibman, "Rank, trace-norm and max-norm" (2005); in networks: Srivastava, Hinton, Krizhevsky,
/// Sutskever and Salakhutdinov, "Dropout" (2014).
public struct MaxNorm: Constraint {
  public static let name = "max_norm"
  public static let summary = "‖w‖ ≤ limit for the weights of every unit"
  /// The largest norm.
  public var limit: Float = 2
  /// A norm of at most 2.
  public init() {}
  /// A norm of at most `limit`.
  public init(_ limit: Float) { self.limit = limit }

  public func validate() throws {
    try require(limit > 0 && limit.isFinite, "limit", limit, expected: "a number above 0")
  }

  public func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    weight.rescaleUnits(shape: shape) { min($0, Double(limit)) }
  }
}

extension Constraint where Self == MaxNorm {
  /// Keeps the norm of every unit's weights at `limit` or below.
  public static func maxNorm(_ limit: Float = 2) -> MaxNorm { MaxNorm(limit) }
}

extension MutableSpan<Float> {
  /// Gives the numbers of each unit the norm that `wanted` makes of theirs; zeros have no direction and stay.
  mutating func rescaleUnits(shape: [Int], to wanted: (_ norm: Double) -> Double) {
    guard let units = shape.first, units > 0 else { return }
    let width = count / units
    for unit in 0..<units {
      let row = unit * width..<(unit + 1) * width
      let norm = span.extracting(row).sumOfSquares.squareRoot()
      let target = wanted(norm)
      guard norm > 0, target != norm else { continue }
      // In double precision, where the factor can neither overflow nor vanish.
      let factor = target / norm
      for i in row { self[i] = Float(Double(self[i]) * factor) }
    }
  }
}

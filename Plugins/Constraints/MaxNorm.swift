import GliaCore

/// A constraint on the norm of each unit's weights: w ← w · min(1, limit / ‖w‖₂).
///
/// The weights of a unit are a row of the weight `[units, inputs]`; for a bias `[units]`, each element is its own unit.
///
/// Source: Srebro and Shraibman, "Rank, trace-norm and max-norm" (2005); in networks: Srivastava, Hinton, Krizhevsky,
/// Sutskever and Salakhutdinov, "Dropout" (2014).
public struct MaxNorm: Constraint {
  public static let name = "max_norm"
  public static let summary = "bounded norm of each unit's weights: ‖w‖ ≤ limit"
  /// The maximum norm.
  public var limit: Float = 2
  /// Creates a constraint with maximum norm 2.
  public init() {}
  /// Creates a constraint with maximum norm `limit`.
  public init(_ limit: Float) { self.limit = limit }

  public func validate() throws {
    try require(limit > 0 && limit.isFinite, "limit", limit, expected: "a number above 0")
  }

  public func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    weight.rescaleUnits(shape: shape) { min($0, Double(limit)) }
  }
}

extension Constraint where Self == MaxNorm {
  /// A constraint that keeps the norm of each unit's weights at `limit` or below.
  public static func maxNorm(_ limit: Float = 2) -> MaxNorm { MaxNorm(limit) }
}

extension MutableSpan<Float> {
  /// Rescales the weights of each unit to the norm that `wanted` returns for the current one; zeros are left unchanged.
  mutating func rescaleUnits(shape: [Int], to wanted: (_ norm: Double) -> Double) {
    guard let units = shape.first, units > 0 else { return }
    let width = count / units
    for unit in 0..<units {
      let row = unit * width..<(unit + 1) * width
      let norm = span.extracting(row).sumOfSquares.squareRoot()
      let target = wanted(norm)
      guard norm > 0, target != norm else { continue }
      // In double precision, so that the factor neither overflows nor underflows.
      let factor = target / norm
      for i in row { self[i] = Float(Double(self[i]) * factor) }
    }
  }
}

import GliaCore

/// A constraint that normalizes each unit's weights: w ← w / ‖w‖₂; zeros are left unchanged.
///
/// The weights of a unit are a row of the weight `[units, inputs]`; for a bias `[units]`, each element is its own unit.
///
/// Source: Oja, "A simplified neuron model as a principal component analyzer" (1982), where learning keeps the norm at 1.
public struct UnitNorm: Constraint {
  public static let name = "unit_norm"
  public static let summary = "unit norm of each unit's weights: ‖w‖ = 1"
  /// Creates a unit norm constraint.
  public init() {}

  public func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    weight.rescaleUnits(shape: shape) { _ in 1 }
  }
}

extension Constraint where Self == UnitNorm {
  /// A constraint that keeps the norm of each unit's weights at 1.
  public static var unitNorm: UnitNorm { UnitNorm() }
}

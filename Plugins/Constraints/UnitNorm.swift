import GliaCore

/// Keeps the weights of every unit on the unit sphere: w ← w / ‖w‖₂; zeros, which have no direction, stay.
///
/// A unit's weights are a row of the weight `[units, inputs]`; of a bias `[units]`, every number is a unit's.
///
/// Source: Oja, "A simplified neuron model as a principal component analyzer" (1982), where learning keeps the norm at 1.
public struct UnitNorm: Constraint {
  public static let name = "unit_norm"
  public static let summary = "‖w‖ = 1 for the weights of every unit"
  /// A norm of 1.
  public init() {}

  public func project(_ weight: inout MutableSpan<Float>, shape: [Int]) {
    weight.rescaleUnits(shape: shape) { _ in 1 }
  }
}

extension Constraint where Self == UnitNorm {
  /// Keeps the norm of every unit's weights at 1.
  public static var unitNorm: UnitNorm { UnitNorm() }
}

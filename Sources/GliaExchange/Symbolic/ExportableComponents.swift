import GliaCore

/// A layer that can be exported: it records its outputs as a computation.
///
/// A `FormulaLayer` or `FeaturewiseLayer` is exported by its formula and needs no conformance.
///
/// ```swift
/// extension Scale: ExportableLayer {                           // yⱼ = gainⱼ xⱼ
///   func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor {
///     try context["gain"] * x
///   }
/// }
/// ```
public protocol ExportableLayer: Layer {
  /// Returns the outputs for the inputs `x`, as in prediction.
  func symbolic(_ x: SymbolicTensor, _ context: SymbolicContext) throws -> SymbolicTensor
}

/// An activation that can be exported: it records its values as a computation.
///
/// An `ElementwiseActivation` is exported by its formula; conform it to have an operator of ONNX used instead of basic
/// operations.
public protocol ExportableActivation: Activation {
  /// Returns the values for `z`, whose last axis is the row.
  func symbolic(_ z: SymbolicTensor) throws -> SymbolicTensor
}

/// A preprocessor that can be exported: it records the changed features as a computation in double precision.
public protocol ExportablePreprocessor: Preprocessor {
  /// Returns the changed features, under the names that `Preprocessor.apply(_:to:)` gives them.
  func symbolic(_ learned: Learned, _ features: SymbolicFeatures) throws -> SymbolicFeatures
}

extension Activation {
  /// Returns the values for `z` as a computation; throws if the activation cannot be exported.
  func exported(_ z: SymbolicTensor) throws -> SymbolicTensor {
    if let own = self as? any ExportableActivation { return try own.symbolic(z) }
    if let formula = self as? any ElementwiseActivation { return try formula.traced(z) }
    throw GliaError(
      "the activation \(Self.name) cannot be exported", expected: "an activation given by a formula",
      remedy: "conform \(Self.self) to ElementwiseActivation or ExportableActivation")
  }
}

extension ElementwiseActivation {
  /// Returns the values for `z`, recorded by the formula.
  public func traced(_ z: SymbolicTensor) throws -> SymbolicTensor {
    try GliaError.locating(Self.name) { try SymbolicTensor.tracing { self(z) } }
  }
}

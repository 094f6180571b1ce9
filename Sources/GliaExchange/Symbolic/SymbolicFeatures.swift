import GliaCore

/// Named features of a recorded computation, in double precision.
public struct SymbolicFeatures: Sendable {
  /// The names.
  public var names: [String]
  /// The values, of shape [number of names].
  public var values: SymbolicTensor

  /// Creates features.
  public init(_ names: [String], _ values: SymbolicTensor) { (self.names, self.values) = (names, values) }

  /// The graph in which they are recorded; throws if there is none.
  public var graph: SymbolicGraph {
    get throws {
      guard let graph = values.place?.graph else {
        throw GliaError("features that are recorded nowhere", expected: "values made from those given")
      }
      return graph
    }
  }

  /// Returns the features with the given indices.
  ///
  /// An index that does not exist is an error when the model is exported.
  public func choosing(_ indices: [Int]) -> SymbolicFeatures {
    SymbolicFeatures(indices.map { names.indices.contains($0) ? names[$0] : "" }, values.elements(indices))
  }

  /// Records a constant for each feature.
  public func constant(_ values: [Double]) throws -> SymbolicTensor {
    SymbolicTensor(values, shape: [values.count], element: .double, in: try graph)
  }

  /// Returns the features that result, called as `preprocessor` calls them.
  public func changed<P: Preprocessor>(
    by preprocessor: P, _ learned: P.Learned, to values: SymbolicTensor
  ) throws -> SymbolicFeatures {
    // Names do not depend on values.
    let features = try preprocessor.apply(learned, to: names.map { Feature($0, []) })
    guard values.shape == [features.count] else {
      throw GliaError(
        "recorded features of shape \(values.shape)", at: P.name, expected: "\(features.count) numbers")
    }
    return SymbolicFeatures(features.map(\.name), values)
  }
}

extension PreprocessingStep {
  /// Returns all features after this step: those that keep their name keep their place, and new ones follow at the end.
  func exported(_ features: SymbolicFeatures) throws -> SymbolicFeatures {
    let places = Dictionary(features.names.enumerated().map { ($1, $0) }) { first, _ in first }
    let chosen = try columns.map { column in
      guard let place = places[column] else {
        throw GliaError("no feature '\(column.excerpt)', which the preprocessing needs", expected: "that feature")
      }
      return place
    }
    guard let exportable = preprocessor as? any ExportablePreprocessor else {
      throw GliaError(
        "the preprocessor \(name) cannot be exported", expected: "one that records its computation",
        remedy: "conform \(type(of: preprocessor)) to ExportablePreprocessor")
    }
    let results = try results(of: exportable, features.choosing(chosen))
    let own = Set(columns)
    let width = features.names.count
    let found = Dictionary(results.names.enumerated().map { ($1, width + $0) }) { first, _ in first }
    let kept = features.names.enumerated().compactMap { own.contains($1) ? found[$1] : $0 }
    let new = results.names.enumerated().compactMap { own.contains($1) ? nil : width + $0 }
    return SymbolicFeatures(
      features.names + results.names, .concatenating([features.values, results.values])
    ).choosing(kept + new)
  }

  private func results<P: ExportablePreprocessor>(
    of preprocessor: P, _ features: SymbolicFeatures
  ) throws -> SymbolicFeatures {
    guard let learned = learned as? P.Learned else {
      throw GliaError("what \(P.name) learned is of another type", expected: "\(P.Learned.self)")
    }
    return try preprocessor.symbolic(learned, features)
  }
}

/// A change of features before they reach the network, such as scaling, fitted to the training part only.
///
/// The preprocessors of an experiment run in order. Each one gets its ``columns``; of the features that it returns, those that
/// keep their name keep their place, and new ones follow at the end. What it learns is saved with the model.
///
/// ```swift
/// struct Differences: Preprocessor {                         // each feature minus the one before it
///   static let name = "differences"
///   var columns: [String] = []
///   func fit(_ features: [Feature]) -> [Double] { [] }       // nothing to learn
///   func apply(_ learned: [Double], to features: [Feature]) -> [Feature] {
///     zip(features.dropFirst(), features).map { a, b in
///       Feature("\(a.name) - \(b.name)", zip(a.values, b.values).map(-))
///     }
///   }
/// }
/// ```
///
/// If it treats every feature alone, use ``FeaturewisePreprocessor``.
public protocol Preprocessor: Component {
  /// What is learned from the training part.
  associatedtype Learned: Codable & Sendable
  /// The names of its features, in which `*` stands for any characters; a category stands for the features of all its values.
  /// Empty for all features that are ``isSuited(_:)``.
  var columns: [String] { get set }
  /// Whether it applies to a feature if ``columns`` is empty.
  func isSuited(_ feature: Feature) -> Bool
  /// Returns what is learned from the features of the training part; throws if they do not suit.
  func fit(_ features: [Feature]) throws -> Learned
  /// Returns the changed features; NaN where a value is missing or has no result. Each sample is treated alone, and the names
  /// do not depend on the values.
  func apply(_ learned: Learned, to features: [Feature]) throws -> [Feature]
  /// Returns a layer to put before all others of the network, and the features that it passes on; nil if none is needed.
  ///
  /// - Parameters:
  ///   - learned: what is learned.
  ///   - features: the features that reach the layer, in order.
  func inputLayer(_ learned: Learned, features: [String]) throws -> (layer: any Layer, features: [String])?
}

extension Preprocessor {
  /// The kind `preprocessor`.
  public static var kind: ComponentKind { .preprocessor }
  /// Whether the feature has more than two different values.
  public func isSuited(_ feature: Feature) -> Bool { feature.distinct(most: 3).count > 2 }
  /// Returns nil: no layer is needed.
  public func inputLayer(_ learned: Learned, features: [String]) -> (layer: any Layer, features: [String])? { nil }

  /// Throws if `columns` is empty; for preprocessors that suit no feature by themselves.
  public func requireColumns() throws {
    try require(!columns.isEmpty, "columns", "[]", expected: "the names of features, or patterns such as \"*_id\"")
  }
}

/// A preprocessor that treats every feature alone: two short functions.
///
/// ```swift
/// struct Centered: FeaturewisePreprocessor {
///   static let name = "centered"
///   var columns: [String] = []
///   func fit(_ feature: Feature) -> Double { feature.mean }
///   func apply(_ mean: Double, to feature: Feature) -> [Feature] { [feature.map { $0 - mean }] }
/// }
/// ```
public protocol FeaturewisePreprocessor: Preprocessor where Learned == [LearnedFeature] {
  /// What is learned from one feature.
  associatedtype LearnedFeature: Codable & Sendable
  /// Returns what is learned from a feature of the training part; throws if it does not suit.
  func fit(_ feature: Feature) throws -> LearnedFeature
  /// Returns the features that replace `feature`.
  func apply(_ learned: LearnedFeature, to feature: Feature) throws -> [Feature]
}

extension FeaturewisePreprocessor {
  /// Returns what is learned from each feature.
  public func fit(_ features: [Feature]) throws -> [LearnedFeature] {
    try features.map { feature in try GliaError.locating("feature '\(feature.name.excerpt)'") { try fit(feature) } }
  }

  /// Returns the features that replace each of `features`, in order.
  public func apply(_ learned: [LearnedFeature], to features: [Feature]) throws -> [Feature] {
    guard learned.count == features.count else {
      throw GliaError("\(Self.name) was fitted to \(learned.count) features", expected: "\(features.count)")
    }
    return try zip(learned, features).flatMap { try apply($0, to: $1) }
  }
}

extension ComponentKind {
  /// Changes of features before they reach the network.
  public static let preprocessor = ComponentKind(rawValue: "preprocessor")
}

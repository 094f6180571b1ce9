/// A named part of an experiment: a small value that holds only its settings.
///
/// A component's declaration is complete: its name, its settings with their defaults (the stored properties), its JSON form
/// (through `Codable`), and its row in `glia components`. Registering the type in a ``Registry`` makes it available by name:
///
/// ```swift
/// struct Swish: ElementwiseActivation {
///   static let name = "my_swish"
///   var beta: Float = 1
///   func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z * T.sigmoid(T(beta) * z) }
/// }
/// try registry.register(Swish.self)   // "my_swish" or {"type": "my_swish", "beta": 2}
/// ```
public protocol Component: Codable, Sendable {
  /// The kind of component: an activation, a layer, ...
  static var kind: ComponentKind { get }
  /// The name in lower snake case. Matching ignores case, `-` and `_`.
  static var name: String { get }
  /// Alternative names.
  static var aliases: [String] { get }
  /// A one-line summary for the list of components.
  static var summary: String { get }
  /// Settings with which the component is tested in addition to its defaults, each an object such as `["units": 3]`.
  static var examples: [JSON] { get }
  /// Creates the component with its default settings.
  init()
  /// Throws if a setting is out of range; called whenever the component is decoded or used.
  func validate() throws
}

extension Component {
  /// Empty: no aliases.
  public static var aliases: [String] { [] }
  /// Empty: no summary.
  public static var summary: String { "" }
  /// Empty: the defaults suffice.
  public static var examples: [JSON] { [] }
  /// Accepts all settings.
  public func validate() throws {}

  /// Throws if `isRight` is false, with `expected` as the description of valid values.
  public func require(_ isRight: Bool, _ setting: String, _ value: some Any, expected: String) throws {
    guard !isRight else { return }
    throw GliaError(
      "\(Self.name) got \(setting) \(value)", at: setting, expected: expected, remedy: "change \(setting)")
  }
}

/// A kind of component, such as `activation`; names are unique within a kind.
public struct ComponentKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The name of the kind in lower snake case.
  public let rawValue: String
  /// Creates a kind with the given name.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The name of the kind.
  public var description: String { rawValue }

  /// Functions applied to the outputs of layers.
  public static let activation = ComponentKind(rawValue: "activation")
  /// Quantities that training minimizes.
  public static let loss = ComponentKind(rawValue: "loss")
  /// Rules that set the initial values of parameters.
  public static let initializer = ComponentKind(rawValue: "initializer")
  /// Rules that update parameters from their gradients.
  public static let optimizer = ComponentKind(rawValue: "optimizer")
  /// Transformations of gradients before the optimizer uses them.
  public static let transform = ComponentKind(rawValue: "transform")
  /// Constraints on the values of parameters.
  public static let constraint = ComponentKind(rawValue: "constraint")
  /// Random changes to the samples of a batch.
  public static let augmentation = ComponentKind(rawValue: "augmentation")
  /// Penalties on parameters.
  public static let regularizer = ComponentKind(rawValue: "regularizer")
  /// Layers of a network.
  public static let layer = ComponentKind(rawValue: "layer")
  /// Rules that change the learning rate during training.
  public static let schedule = ComponentKind(rawValue: "schedule")
  /// Measures of the quality of predictions.
  public static let metric = ComponentKind(rawValue: "metric")
  /// Actions performed after every epoch.
  public static let callback = ComponentKind(rawValue: "callback")
  /// Sources of data.
  public static let dataset = ComponentKind(rawValue: "dataset")
  /// Rules that divide data into parts.
  public static let split = ComponentKind(rawValue: "split")
}

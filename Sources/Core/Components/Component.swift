/// A part of an experiment that has a name: a small value that holds only its settings.
///
/// A component's declaration is everything there is to it: its name, its settings with their defaults (the stored
/// properties), its JSON form (through `Codable`), its row in `glia components`. Registering the type in a ``Registry``
/// makes it reachable by name:
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
  /// What the component is: an activation, a layer, ...
  static var kind: ComponentKind { get }
  /// Its name in lower snake case. Names match whatever their case, `-` and `_`.
  static var name: String { get }
  /// Other names under which it is found.
  static var aliases: [String] { get }
  /// One line for the list of components.
  static var summary: String { get }
  /// Settings by which the component is checked in addition to its defaults, each an object such as `["units": 3]`.
  static var examples: [JSON] { get }
  /// The component with its default settings.
  init()
  /// Refuses settings outside of their range; called whenever the component is read or put to use.
  func validate() throws
}

extension Component {
  /// No aliases.
  public static var aliases: [String] { [] }
  /// No summary.
  public static var summary: String { "" }
  /// The defaults say enough.
  public static var examples: [JSON] { [] }
  /// Every setting is accepted.
  public func validate() throws {}

  /// Refuses a setting for which `isRight` is false, in the words of `expected`.
  public func require(_ isRight: Bool, _ setting: String, _ value: some Any, expected: String) throws {
    guard !isRight else { return }
    throw GliaError(
      "\(Self.name) got \(setting) \(value)", at: setting, expected: expected, remedy: "change \(setting)")
  }
}

/// A sort of component, such as `activation`; names are unique within a kind.
public struct ComponentKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The name of the kind in lower snake case.
  public let rawValue: String
  /// A kind of that name.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The name of the kind.
  public var description: String { rawValue }

  /// Functions between the layers.
  public static let activation = ComponentKind(rawValue: "activation")
  /// What training makes small.
  public static let loss = ComponentKind(rawValue: "loss")
  /// How parameters start.
  public static let initializer = ComponentKind(rawValue: "initializer")
  /// How parameters follow their gradients.
  public static let optimizer = ComponentKind(rawValue: "optimizer")
  /// What is done to gradients before an optimizer uses them.
  public static let transform = ComponentKind(rawValue: "transform")
  /// Limits that parameters keep.
  public static let constraint = ComponentKind(rawValue: "constraint")
  /// Random changes to the samples of a batch.
  public static let augmentation = ComponentKind(rawValue: "augmentation")
  /// Penalties on parameters.
  public static let regularizer = ComponentKind(rawValue: "regularizer")
  /// The steps of a network.
  public static let layer = ComponentKind(rawValue: "layer")
  /// How the learning rate changes.
  public static let schedule = ComponentKind(rawValue: "schedule")
  /// How good predictions are.
  public static let metric = ComponentKind(rawValue: "metric")
  /// What happens after every epoch.
  public static let callback = ComponentKind(rawValue: "callback")
  /// Where data come from.
  public static let dataset = ComponentKind(rawValue: "dataset")
  /// How data are divided into parts.
  public static let split = ComponentKind(rawValue: "split")
}

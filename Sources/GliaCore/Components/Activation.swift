/// A function that a layer applies to its weighted sums: a = f(z).
///
/// Most activations act on each number independently: conform to ``ElementwiseActivation`` and write one formula. Conform to
/// this protocol directly if the function acts on a whole row (softmax) or if the loops are written by hand.
public protocol Activation: Component {
  /// Whether ``pullback(_:input:output:width:)`` reads z; if not, training stores only a.
  var needsInput: Bool { get }
  /// Whether each output depends only on its own z, so that several threads may compute parts of a row independently.
  var isElementwise: Bool { get }
  /// The link whose inverse this function is; losses with the same link are computed from z, which avoids a loss of precision.
  var link: Link? { get }
  /// Whether the derivative is useful for training; false for step functions, whose derivative is 0 wherever it exists, so that
  /// no layer below them learns. Training through such an activation issues a warning.
  var hasUsefulDerivative: Bool { get }
  /// The interval that contains all values, with infinite bounds where there are none; nil if unspecified. GliaTesting checks
  /// it.
  var range: ClosedRange<Float>? { get }
  /// The initializer that preserves the scale of signals through layers with this activation; nil for Glorot's.
  var fittingInitializer: (any Initializer)? { get }
  /// Replaces z by a = f(z), in rows of `width` numbers.
  func apply(_ values: inout MutableSpan<Float>, width: Int)
  /// Replaces the gradient of the loss with respect to a by that with respect to z; unless ``needsInput``, `z` holds a as well.
  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int)
}

extension Activation {
  /// The kind `activation`.
  public static var kind: ComponentKind { .activation }
  /// True: the derivative reads z.
  public var needsInput: Bool { true }
  /// False: outputs may depend on the whole row.
  public var isElementwise: Bool { false }
  /// Nil: no link.
  public var link: Link? { nil }
  /// True: the derivative is useful.
  public var hasUsefulDerivative: Bool { true }
  /// Nil: unspecified.
  public var range: ClosedRange<Float>? { nil }
  /// Nil: the layer's default.
  public var fittingInitializer: (any Initializer)? { nil }
}

/// A link function of generalized linear models (McCullagh and Nelder, 1989): determines which losses match an output
/// activation.
public struct Link: Hashable, Sendable {
  /// The name of the link.
  public let name: String
  /// Creates a link with the given name; a custom activation and a custom loss match if their links are equal.
  public init(_ name: String) { self.name = name }
  /// The identity: a = z.
  public static let identity = Link("identity")
  /// The logistic function: a = σ(z).
  public static let logistic = Link("logistic")
  /// The softmax over a row: a = e^z / Σ e^z.
  public static let softmax = Link("softmax")
  /// The sign of z: a jumps at 0. A loss with this link learns from z (the perceptron).
  public static let threshold = Link("threshold")
}

/// An activation that acts on each number independently and is given by one formula; dual numbers yield its derivative.
///
/// ```swift
/// public struct LeakyReLU: ElementwiseActivation {
///   public static let name = "leaky_relu"
///   public var negativeSlope: Float = 0.01
///   public init() {}
///   public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 0 ? z : T(negativeSlope) * z }
/// }
/// ```
public protocol ElementwiseActivation: Activation {
  /// The formula f(z).
  func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T
}

extension ElementwiseActivation {
  /// True: each number is computed independently.
  public var isElementwise: Bool { true }

  /// Replaces every number z by f(z).
  @inlinable
  public func apply(_ values: inout MutableSpan<Float>, width: Int) {
    for i in values.indices { values[i] = self(values[i]) }
  }

  /// Multiplies the gradient by f′(z), evaluated on dual numbers.
  @inlinable
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices { gradient[i] *= self(Dual<Float>(z[i], 1)).derivative }
  }
}

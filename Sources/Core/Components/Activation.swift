/// A function that a layer applies to its weighted sums: a = f(z).
///
/// Most activations act on each number alone: conform to ``ElementwiseActivation`` and write one formula. Conform to this
/// protocol directly where a whole row counts (softmax) or where the loops are written by hand.
public protocol Activation: Component {
  /// Whether ``pullback(_:input:output:width:)`` reads z; if not, training keeps only a.
  var needsInput: Bool { get }
  /// Whether an output depends on its own z alone, so that parts of a row may be computed apart, by several threads.
  var isElementwise: Bool { get }
  /// The link whose inverse this function is; losses that fit it are computed from z, without loss of digits.
  var link: Link? { get }
  /// Whether the derivative leads anywhere; false for steps, whose derivative is 0 wherever it exists, so that nothing
  /// below them learns. A training through such an activation warns.
  var hasUsefulDerivative: Bool { get }
  /// The interval that all values lie in, its bounds infinite where there are none; nil makes no claim. GliaTesting checks it.
  var range: ClosedRange<Float>? { get }
  /// The initializer that keeps signals alive through layers of this activation; nil for Glorot's.
  var fittingInitializer: (any Initializer)? { get }
  /// Replaces z by a = f(z), in rows of `width` numbers.
  func apply(_ values: inout MutableSpan<Float>, width: Int)
  /// Replaces the loss's gradient with respect to a by the one with respect to z; unless ``needsInput``, `z` is a as well.
  func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int)
}

extension Activation {
  /// The kind `activation`.
  public static var kind: ComponentKind { .activation }
  /// The derivative needs z.
  public var needsInput: Bool { true }
  /// A row belongs together.
  public var isElementwise: Bool { false }
  /// No link.
  public var link: Link? { nil }
  /// Gradients pass.
  public var hasUsefulDerivative: Bool { true }
  /// No claim.
  public var range: ClosedRange<Float>? { nil }
  /// The layer's own choice.
  public var fittingInitializer: (any Initializer)? { nil }
}

/// The link functions of generalized linear models (McCullagh and Nelder, 1989): which loss fits an output activation.
public struct Link: Hashable, Sendable {
  /// The name of the link.
  public let name: String
  /// A link of that name; a third party's activation and loss meet through an equal one.
  public init(_ name: String) { self.name = name }
  /// The identity: a = z.
  public static let identity = Link("identity")
  /// The logistic function: a = σ(z).
  public static let logistic = Link("logistic")
  /// The softmax over a row: a = e^z / Σ e^z.
  public static let softmax = Link("softmax")
  /// The sign of z decides: a jumps at 0. A loss that fits it learns from z (the perceptron).
  public static let threshold = Link("threshold")
}

/// An activation that acts on each number alone and is given by one formula; its derivative follows by dual numbers.
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
  /// Every number is computed by itself.
  public var isElementwise: Bool { true }

  /// f(z) for every number.
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

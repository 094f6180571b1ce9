import GliaCore
import GliaInitializers
import GliaKernels

/// The leaky rectified linear unit: f(z) = z for z > 0, negative_slope · z otherwise.
///
/// Source: Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models" (2013).
public struct LeakyReLU: ElementwiseActivation {
  public static let name = "leaky_relu"
  public static let summary = "z above 0, negative_slope · z below"
  /// The slope for negative inputs.
  public var negativeSlope: Float = 0.01
  /// Creates a leaky ReLU with slope 0.01.
  public init() {}
  /// Creates a leaky ReLU with the given slope for negative inputs.
  public init(negativeSlope: Float) { self.negativeSlope = negativeSlope }
  public func validate() throws {
    try require(negativeSlope.isFinite, "negative_slope", negativeSlope, expected: "a finite number")
  }
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 0 ? z : T(negativeSlope) * z }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) {
    values.apply { glia_leaky_relu($0, negativeSlope, $1, $2) }
  }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.apply(with: z) { glia_leaky_relu_pullback($0, negativeSlope, $1, $2, $3) }
  }
}

extension Activation where Self == LeakyReLU {
  /// `LeakyReLU` with the default settings.
  public static var leakyReLU: LeakyReLU { LeakyReLU() }
  /// The leaky rectified linear unit.
  public static func leakyReLU(negativeSlope: Float = 0.01) -> LeakyReLU {
    LeakyReLU(negativeSlope: negativeSlope)
  }
}

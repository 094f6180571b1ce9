import GliaCore
import GliaInitializers
import GliaKernels

/// The rectified linear unit: f(z) = max(z, 0); f′(0) is taken as 0.
///
/// Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines" (2010).
public struct ReLU: ElementwiseActivation {
  public static let name = "relu"
  public static let summary = "max(z, 0)"
  /// Creates the ReLU activation.
  public init() {}
  public var needsInput: Bool { false }
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { 0...(.infinity) }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z > 0 ? z : 0 }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) { values.apply { glia_relu($0, $1, $2) } }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.apply(with: a) { glia_relu_pullback($0, $1, $2, $3) }
  }
}

extension Activation where Self == ReLU {
  /// The rectified linear unit.
  public static var relu: ReLU { ReLU() }
}

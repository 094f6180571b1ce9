import GliaCore
import GliaInitializers

/// The rectified linear unit capped at 6: f(z) = min(max(z, 0), 6); f′ is taken as 0 at 0 and 6.
///
/// Source: Krizhevsky, "Convolutional deep belief networks on CIFAR-10" (2010).
public struct ReLU6: ElementwiseActivation {
  public static let name = "relu6"
  public static let summary = "z, clipped to [0, 6]"
  /// Creates the ReLU6 activation.
  public init() {}
  public var needsInput: Bool { false }
  public var fittingInitializer: (any Initializer)? { HeUniform() }
  public var range: ClosedRange<Float>? { 0...6 }
  public func callAsFunction<T: DifferentiableScalar>(_ z: T) -> T { z <= 0 ? 0 : z >= 6 ? 6 : z }
  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for i in gradient.indices { gradient[i] = a[i] > 0 && a[i] < 6 ? gradient[i] : 0 }
  }
}

extension Activation where Self == ReLU6 {
  /// The rectified linear unit capped at 6.
  public static var relu6: ReLU6 { ReLU6() }
}

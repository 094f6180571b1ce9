/// A penalty on a parameter, added to the loss that training minimizes.
public protocol Regularizer: Component {
  /// Returns the penalty for `weight`, a tensor of `shape` (`[units, inputs]` for a dense layer).
  func penalty(_ weight: Span<Float>, shape: [Int]) -> Float
  /// Adds the penalty's gradient to `gradient`.
  func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>)
}

extension Regularizer {
  /// The kind `regularizer`.
  public static var kind: ComponentKind { .regularizer }
}

/// A penalty on each weight independently, given by one formula; dual numbers yield its gradient.
///
/// ```swift
/// struct LogPenalty: ElementwiseRegularizer {
///   static let name = "log_penalty"
///   var strength: Float = 0.001
///   func callAsFunction<T: DifferentiableScalar>(_ weight: T) -> T { T(strength) * .log(onePlus: weight * weight) }
/// }
/// ```
public protocol ElementwiseRegularizer: Regularizer {
  /// The formula r(w); the penalty is Σ r(w).
  func callAsFunction<T: DifferentiableScalar>(_ weight: T) -> T
}

extension ElementwiseRegularizer {
  /// Returns Σ r(w), summed in double precision.
  @inlinable
  public func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    var total = 0.0
    for i in weight.indices { total += self(Double(weight[i])) }
    return Float(total)
  }

  /// Adds r′(w), evaluated on dual numbers.
  @inlinable
  public func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    for i in weight.indices { gradient[i] += self(Dual<Float>(weight[i], 1)).derivative }
  }
}

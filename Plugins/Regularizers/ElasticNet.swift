import GliaCore

/// A penalty on both absolute values and squares: sparse like ``L1``, stable like ``L2`` for correlated inputs.
///
/// penalty = l1 · Σ |w| + l2 · Σ w²; gradient l1 · sign(w) + 2 · l2 · w.
///
/// Source: Zou and Hastie, "Regularization and variable selection via the elastic net" (2005).
public struct ElasticNet: Regularizer {
  public static let name = "elastic_net"
  public static let aliases = ["l1_l2"]
  public static let summary = "L1 and L2 penalty: l1 · Σ |w| + l2 · Σ w²"
  /// The L1 regularization factor.
  public var l1: Float = 0.01
  /// The L2 regularization factor.
  public var l2: Float = 0.01
  /// Creates an elastic net penalty with both factors 0.01.
  public init() {}
  /// Creates an elastic net penalty with the given factors.
  public init(l1: Float, l2: Float) { (self.l1, self.l2) = (l1, l2) }
  public func validate() throws {
    try require(l1 >= 0 && l1.isFinite, "l1", l1, expected: "a number of 0 or more")
    try require(l2 >= 0 && l2.isFinite, "l2", l2, expected: "a number of 0 or more")
  }
  public func penalty(_ weight: Span<Float>, shape: [Int]) -> Float {
    L1(l1).penalty(weight, shape: shape) + L2(l2).penalty(weight, shape: shape)
  }
  public func addGradient(of weight: Span<Float>, shape: [Int], to gradient: inout MutableSpan<Float>) {
    L1(l1).addGradient(of: weight, shape: shape, to: &gradient)
    L2(l2).addGradient(of: weight, shape: shape, to: &gradient)
  }
}

extension Regularizer where Self == ElasticNet {
  /// A penalty on both absolute values and squares (Zou and Hastie, 2005).
  public static func elasticNet(l1: Float, l2: Float) -> ElasticNet { ElasticNet(l1: l1, l2: l2) }
}

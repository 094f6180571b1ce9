import GliaCore

/// Muon: momentum whose direction is made orthogonal in every matrix, so that all its singular values are about 1.
///
/// v ← μ v + g; u = g + μ v (v without Nesterov momentum); w ← w - η √max(1, rows / columns) orthogonal(u) for tensors of two
/// axes. Others, such as biases and kernels of convolutions, are updated by another optimizer, whose rate follows the schedule
/// in proportion.
///
/// The orthogonal matrix is approximated by Newton-Schulz iterations from u / ‖u‖: X ← a X + (b A + c A²) X with A = X Xᵀ,
/// a = 3.4445, b = -4.7750 and c = 2.0315; five bring singular values to within about 0.7 to 1.2.
///
/// Source: Jordan et al., "Muon: an optimizer for hidden layers in neural networks" (2024).
public struct Muon: AveragingOptimizer {
  public static let name = "muon"
  public static let summary = "momentum made orthogonal in every matrix; other tensors by another optimizer"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-4..1", "momentum": "0.5..0.99"] }
  /// The learning rate η of matrices.
  public var learningRate: Float = 0.02
  /// The momentum coefficient, μ.
  public var momentum: Float = 0.95
  /// Whether the momentum looks one step ahead.
  public var nesterov = true
  /// The number of Newton-Schulz iterations.
  public var iterations = 5
  /// The optimizer of all other tensors.
  @Part public var vectors: any Optimizer = Adam()
  /// Creates a Muon optimizer with the default settings.
  public init() {}
  /// Creates a Muon optimizer with the given settings.
  public init(
    learningRate: Float, momentum: Float = 0.95, nesterov: Bool = true, iterations: Int = 5,
    vectors: any Optimizer = Adam()
  ) {
    (self.learningRate, self.momentum, self.nesterov) = (learningRate, momentum, nesterov)
    (self.iterations, self.vectors) = (iterations, vectors)
  }

  public func validate() throws {
    try requirePositiveRate()
    try requireFraction(momentum, "momentum")
    try require((1...50).contains(iterations), "iterations", iterations, expected: "a whole number from 1 to 50")
    try requireNestable(vectors, "vectors")
  }

  public func state(for shape: [Int]) -> [StatePlan] {
    guard shape.count == 2 else { return vectors.state(for: shape) }
    let side = shape.min() ?? 0
    return [
      StatePlan("momentum", shape: shape), StatePlan("product", shape: shape),
      StatePlan("gram", shape: [side, side]), StatePlan("polynomial", shape: [side, side]),
    ]
  }

  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    guard context.axisCount() == 2 else {
      return vectors.step(gradient, of: weight, context.with(learningRate: vectorRate(context)))
    }
    let velocity = context.state["momentum"]
    velocity.update(gradient.view) { velocity, g in velocity = momentum * velocity + g }
    if nesterov { gradient.add(velocity.view, times: momentum) } else { gradient.copy(velocity.view) }
    orthogonalize(gradient, context)
    let ratio = Double(gradient.rows) / Double(max(gradient.columns, 1))
    gradient.assign(gradient.view, times: Float(Double(context.learningRate) * max(1, ratio).squareRoot()))
  }

  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    guard context.axisCount() == 2 else {
      return vectors.update(weight, gradient, context.with(learningRate: vectorRate(context)))
    }
    step(gradient, of: weight.view, context)
    weight.add(gradient.view, times: -1)
  }

  private func vectorRate(_ context: UpdateContext) -> Float {
    Float(Double(context.learningRate) / Double(learningRate) * Double(vectors.learningRate))
  }

  /// Replaces a matrix X by one with the same singular vectors and singular values near 1.
  private func orthogonalize(_ x: MutableTensorView<Float>, _ context: UpdateContext) {
    let (product, gram, polynomial) = (context.state["product"], context.state["gram"], context.state["polynomial"])
    x.assign(x.view, times: Float(1 / (x.view.sumOfSquares.squareRoot() + 1e-7)))
    let isTall = x.rows > x.columns
    for _ in 0..<iterations {
      if isTall { gram.formProduct(x.transposed, x.view) } else { gram.formProduct(x.view, x.transposed) }
      polynomial.formProduct(gram.view, gram.view)
      polynomial.update(gram.view) { squared, gram in squared = 2.0315 * squared - 4.7750 * gram }
      if isTall {
        product.formProduct(x.view, polynomial.view)
      } else {
        product.formProduct(polynomial.view, x.view)
      }
      x.update(product.view) { x, product in x = 3.4445 * x + product }
    }
  }

  /// Whether the optimizer of the other tensors evaluates other weights than it trains.
  public var averages: Bool { (vectors as? any AveragingOptimizer)?.averages ?? false }

  public func average(_ weight: MutableTensorView<Float>, _ context: UpdateContext) {
    if context.axisCount() != 2 { (vectors as? any AveragingOptimizer)?.average(weight, context) }
  }
}

extension Optimizer where Self == Muon {
  /// Momentum made orthogonal in every matrix; other tensors by another optimizer.
  public static func muon(
    learningRate: Float = 0.02, momentum: Float = 0.95, nesterov: Bool = true, iterations: Int = 5,
    vectors: any Optimizer = Adam()
  ) -> Muon {
    Muon(
      learningRate: learningRate, momentum: momentum, nesterov: nesterov, iterations: iterations, vectors: vectors)
  }
}

/// The function that a ``FullBatchOptimizer`` minimizes in a step: its value and gradient for any parameters.
///
/// Values are sums in double precision of terms in single precision; gradients are of single precision.
///
/// An objective can also be a function given in code, to try a solver without a network:
///
/// ```swift
/// let parabola = try Objective(at: [3, -1]) { w in                        // f(w) = w₁² + 10 w₂²
///   (Double(w[0] * w[0] + 10 * w[1] * w[1]), [2 * w[0], 20 * w[1]])
/// }
/// ```
public final class Objective {
  /// Computes the value, and the gradient if it is needed.
  typealias Evaluation = (_ parameters: [Float], _ needsGradient: Bool) throws -> (value: Double, gradient: [Float])
  /// Passes each residual at the current parameters, with its derivatives, to a closure.
  public typealias Linearization = (_ body: (_ residual: Double, _ derivatives: Span<Float>) -> Void) throws -> Void

  /// The current parameters.
  public let parameters: [Float]
  /// The value at the current parameters.
  public let value: Double
  /// The gradient at the current parameters.
  public let gradient: [Float]
  /// The number of evaluations after the first.
  public private(set) var evaluations = 0
  private let compute: Evaluation
  private let linearization: Linearization?

  init(
    at parameters: [Float], value: Double, gradient: [Float], residuals: Linearization? = nil,
    compute: @escaping Evaluation
  ) {
    (self.parameters, self.value, self.gradient) = (parameters, value, gradient)
    (self.compute, linearization) = (compute, residuals)
  }

  /// Creates an objective from a function.
  ///
  /// - Parameters:
  ///   - parameters: the current parameters.
  ///   - residuals: for a sum of squares, calls its closure with each residual at `parameters` and its derivatives.
  ///   - function: returns value and gradient for any parameters.
  /// - Throws: an error of `function`, or if its gradient has another length.
  public convenience init(
    at parameters: [Float], residuals: Linearization? = nil,
    function: @escaping (_ parameters: [Float]) throws -> (value: Double, gradient: [Float])
  ) throws {
    let (value, gradient) = try function(parameters)
    try Self.require(gradient, like: parameters)
    self.init(at: parameters, value: value, gradient: gradient, residuals: residuals) { w, _ in try function(w) }
  }

  /// Returns value and gradient at `parameters`, whose value may be infinite or not a number.
  public func evaluate(at parameters: [Float]) throws -> (value: Double, gradient: [Float]) {
    try Self.require(parameters, like: self.parameters)
    evaluations += 1
    let result = try compute(parameters, true)
    try Self.require(result.gradient, like: self.parameters)
    return result
  }

  /// Returns the value at `parameters`, which may be infinite or not a number.
  public func value(at parameters: [Float]) throws -> Double {
    try Self.require(parameters, like: self.parameters)
    evaluations += 1
    return try compute(parameters, false).value
  }

  /// Calls `body` with every residual r at the current parameters and its derivatives ∂r/∂w, a row of the Jacobian: the value is
  /// Σ r² and the gradient 2 Σ r ∂r/∂w.
  ///
  /// - Throws: unless the objective is a sum of squares; see ``FullBatchOptimizer/usesResiduals``.
  public func linearize(_ body: (_ residual: Double, _ derivatives: Span<Float>) -> Void) throws {
    guard let linearization else {
      throw GliaError(
        "an objective without residuals", at: "training.optimizer", expected: "a sum of squares",
        remedy: "let usesResiduals be true")
    }
    try linearization(body)
  }

  private static func require(_ numbers: [Float], like parameters: [Float]) throws {
    guard numbers.count != parameters.count else { return }
    throw GliaError(
      "\(numbers.count) numbers for an objective of \(parameters.count) parameters", at: "training.optimizer",
      expected: "one number for each parameter")
  }
}

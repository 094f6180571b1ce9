import GliaActivations
import GliaCore
import GliaInitializers
import GliaKernels

/// A layer that learns how much of its input to let through: y = t ∘ h + (1 - t) ∘ x with h = f(x Wᵀ + b) and the gate
/// t = σ(x Wₜᵀ + bₜ).
///
/// Parameters: `weight` and `gate_weight` of shape `[n, n]`, `bias` and `gate_bias` of shape `[n]`, for n inputs and
/// outputs.
///
/// Source: Srivastava, Greff and Schmidhuber, "Highway networks" (2015).
public struct Highway: Layer {
  public static let name = "highway"
  public static let summary = "a gated mixture of a dense layer and its input"
  /// The function f of the weighted sums.
  @Part public var activation: any Activation = Tanh()
  /// How both weights start; nil for what fits the activation.
  @Part public var initializer: (any Initializer)? = nil
  /// What the gates' biases start at; the lower, the more of the input is let through at first.
  public var gateBias: Float = -1
  /// The penalty on both weights.
  @Part public var regularizer: (any Regularizer)? = nil

  /// A highway layer with tanh.
  public init() {}
  /// A highway layer with the given activation.
  public init(
    activation: some Activation, initializer: (any Initializer)? = nil, gateBias: Float = -1,
    regularizer: (any Regularizer)? = nil
  ) {
    (self.activation, self.initializer) = (activation, initializer)
    (self.gateBias, self.regularizer) = (gateBias, regularizer)
  }

  public func validate() throws {
    try require(gateBias.isFinite, "gate_bias", gateBias, expected: "a finite number")
  }

  private var fittingInitializer: any Initializer { initializer ?? activation.fittingInitializer ?? GlorotUniform() }

  public var mixesInputs: Bool { true }

  public func plan(input: [Int]) throws -> LayerPlan {
    let n = try inputCount(input)
    func weight(_ name: String) -> ParameterPlan {
      ParameterPlan(
        name, shape: [n, n], initializer: fittingInitializer, fanIn: n, fanOut: n, regularizer: regularizer)
    }
    return try LayerPlan(
      output: input,
      parameters: [
        weight("weight"), ParameterPlan("bias", shape: [n]), weight("gate_weight"),
        ParameterPlan("gate_bias", shape: [n], initializer: ConstantInitializer(gateBias)),
      ],
      memoryPerSample: [activation.needsInput ? 4 : 3, n].elementCount())
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (n, batch, count) = (x.count / pass.batch, pass.batch, x.count)
    guard let x = x.address, let weight = parameters.address, let y = y.address, let h = memory.address else { return }
    let (gateWeight, t, sums) = (weight + n * n + n, h + count, h + 3 * count)
    glia_matmul_nt(batch, n, n, x, weight, weight + n * n, h)
    if activation.needsInput { sums.update(from: h, count: count) }
    var hidden = MutableSpan(_unsafeStart: h, count: count)
    activation.apply(&hidden, width: n)
    glia_matmul_nt(batch, n, n, x, gateWeight, gateWeight + n * n, t)
    glia_sigmoid(count, t, t)
    for i in 0..<count { y[i] = t[i] * h[i] + (1 - t[i]) * x[i] }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (n, batch, count) = (x.count / pass.batch, pass.batch, x.count)
    guard let x = x.address, let weight = parameters.address, let dy = dy.address, let dw = gradients.address,
      let h = memory.address
    else { return }
    let (gateWeight, t, dh, sums) = (weight + n * n + n, h + count, h + 2 * count, h + 3 * count)
    // The gate makes room for its gradient, dy for the part of dx that comes straight from above.
    for i in 0..<count {
      let (gate, upstream) = (t[i], dy[i])
      dh[i] = upstream * gate
      t[i] = upstream * (h[i] - x[i]) * gate * (1 - gate)
      dy[i] = upstream * (1 - gate)
    }
    var hidden = MutableSpan(_unsafeStart: dh, count: count)
    activation.pullback(
      &hidden, input: Span(_unsafeStart: sums, count: activation.needsInput ? count : 0),
      output: Span(_unsafeStart: h, count: count), width: n)
    let dg = dw + n * n + n
    glia_matmul_tn(batch, n, n, dh, x, dw)
    glia_sum_rows(batch, n, dh, dw + n * n)
    glia_matmul_tn(batch, n, n, t, x, dg)
    glia_sum_rows(batch, n, t, dg + n * n)
    guard !dx.isEmpty, let dx = dx.address else { return }
    glia_matmul_nn(batch, n, n, dh, weight, dx)
    glia_axpy(count, 1, dy, dx)
    glia_matmul_nn(batch, n, n, t, gateWeight, h)
    glia_axpy(count, 1, h, dx)
  }

  public func resolved() -> any Layer {
    var full = self
    full.initializer = fittingInitializer
    return full
  }

  public var detail: String { type(of: activation).name }
}

import GliaCore
import Testing

/// y = w x, which optionally accesses something that is not in its plan.
private struct Reaching: Layer {
  static let name = "reaching"
  var fault = ""

  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: input, parameters: [ParameterPlan("weight", shape: input)], saved: [SavedPlan("copy", perSample: input)])
  }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let weight = context.parameters["weight"]
    context.saved["copy"].copy(x)
    for row in 0..<x.rows { y.row(row).assign(x.row(row), weight) { x, weight in weight * x } }
    switch fault {
    case "name": y[0] = context.parameters["bias"][0]
    case "read": y[0] = x[-1] + x[.max]
    case "write": y[x.rows, 0] = 1
    case "row": y.row(x.rows).fill(1)
    case "shape": y.copy(x.reshaped(rows: 7, columns: 7))
    case "part": y.copy(x.reshaped(rows: 3))
    case "huge": y.formProduct(x.reshaped(rows: .max, columns: 0), x.reshaped(rows: 0, columns: .max))
    case "wide": y.formProduct(x.reshaped(rows: 0, columns: .max).transposed, x.reshaped(rows: 0, columns: .max))
    case "counts": y.assign(weight) { $0 }
    case "product": y.formProduct(x, weight)
    case "bias": y.formProduct(x, weight.transposed, adding: x)
    case "chain": context.forwardChain(x, into: y)
    case "child": y.copy(context.forward(child: 3, x))
    default: break
    }
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let slope = context.gradients["weight"]
    slope.fill(0)
    for row in 0..<dy.rows {
      slope.update(dy.view.row(row), context.saved["copy"].view.row(row)) { slope, dy, x in slope += dy * x }
    }
    if fault == "gradient" { context.gradients["bias"].fill(0) }
    if fault == "later" { context.backward(child: 0, dy, into: dx) }
  }
}

/// 2 F(x).
private struct Doubled: ContainerLayer {
  static let name = "doubled"
  @Part var layers: [any Layer] = []
  func plan(input: [Int]) throws -> LayerPlan {
    let chain = try LayerPlan.chain(layers, input: input)
    return try LayerPlan(output: chain.output, children: [chain])
  }
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.assign(context.forward(child: 0, x), times: 2)
  }
  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    dy.assign(dy.view, times: 2)
    context.backward(child: 0, dy, into: dx)
  }
}

/// yₖ = Σ x, in four outputs.
private struct Sums: FormulaLayer {
  static let name = "sums"
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: [4]) }
  func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
  ) {
    for k in y.indices { y[k] = .sum(over: x.indices) { x[$0] } }
  }
}

/// Gives a formula a view that is smaller than its output.
private struct Cramped: Layer {
  static let name = "cramped"
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: [4]) }
  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    Sums().forward(x, into: y.reshaped(rows: y.rows, columns: 2), context)
  }
  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {}
}

private struct HalfSquare: ElementwiseLoss {
  static let name = "half_square"
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    0.5 * (prediction - target) * (prediction - target)
  }
}

/// Reads a target that is not there.
private struct Greedy: Loss {
  static let name = "greedy"
  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float { target[prediction.rows, 0] }
}

/// xⱼ times a parameter that is not there.
private struct Hollow: FeaturewiseLayer {
  static let name = "hollow"
  func plan(input: [Int]) throws -> LayerPlan { try LayerPlan(output: input) }
  func callAsFunction<T: DifferentiableScalar>(_ x: T, _ parameters: FeatureParameters<T>) -> T {
    parameters["gain"] * x
  }
}

/// w ← w - η g, which accesses a state that it did not plan, if requested.
private struct Descent: Optimizer {
  static let name = "descent"
  var learningRate: Float = 0.5
  var reaches = false
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    gradient.assign(gradient.view, times: context.learningRate)
    if reaches { gradient.add(context.state["velocity"].view) }
  }
}

/// Leaves the gradient unchanged.
private struct Idle: GradientTransform {
  static let name = "idle"
  func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {}
}

/// Accesses a tensor that does not exist.
private struct Grasping: GradientTransform {
  static let name = "grasping"
  func apply(_ gradient: MutableTensorView<Float>, weights: TensorView<Float>, _ context: UpdateContext) {
    gradient.assign(context.tensor(context.tensorCount, of: gradient).view, times: 1)
  }
}

@Suite("Access to tensors that are not in the plan")
struct ReachTests {
  private func training(_ layers: any Layer..., optimizer: Descent = Descent()) throws -> Training {
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics, settings.epochs) = (HalfSquare(), optimizer, [], 1)
    let data = try Dataset(inputs: Tensor(rows: [[1, 2], [3, 4]]), targets: Tensor(rows: [[1, 1], [1, 1]]))
    return try Training(Network(input: [2], layers: layers), on: data, settings: settings)
  }

  @Test(
    "reads as 0, is not written, and ends the pass with an error that names the layer",
    arguments: [
      ("name", "'bias', which is not in its plan"), ("read", "[-1] of 4 numbers"),
      ("write", "[2, 0] of 2 rows and 2 columns"), ("row", "[2, 0] of 2 rows and 2 columns"),
      ("shape", "7 × 7 of 4 numbers"), ("part", "3 × 1 of 4 numbers"),
      ("huge", "a product of 0 × 0 and 0 × 0 numbers for 4 outputs"),
      ("wide", "a product of 0 × 0 and 0 × 0 numbers for 4 outputs"),
      ("counts", "4 numbers where there are 2"),
      ("product", "a product of 2 × 2 and 1 × 2 numbers for 4 outputs"),
      ("bias", "a product of 2 × 2 and 2 × 1 numbers"),
      ("chain", "layers that neither LayerPlan.chain nor planned(input:) planned"),
      ("child", "child 3 of 0"),
    ])
  func forward(fault: String, says: String) throws {
    let network = try Network(input: [2], layers: [Reaching(), Reaching(fault: fault)])
    let error = #expect(throws: GliaError.self) { try network.predict(Tensor(rows: [[1, 2], [3, 4]])) }
    #expect(
      error?.what.hasPrefix("invalid access by the layer reaching: \(says)") == true, "\(String(describing: error))")
  }

  @Test("a formula with too small an output view")
  func cramped() throws {
    let network = try Network(input: [2], layers: [Cramped()])
    let error = #expect(throws: GliaError.self) { try network.predict(Tensor(rows: [[1, 2], [3, 4]])) }
    #expect(
      error?.what.hasPrefix("invalid access by the layer cramped: [0, 2] of 2 rows") == true,
      "\(String(describing: error))")
  }

  @Test("in the backward pass", arguments: [("gradient", "'bias'"), ("later", "child 0 of 0")])
  func backward(fault: String, says: String) throws {
    var training = try training(Reaching(fault: fault))
    let error = #expect(throws: GliaError.self) { try training.fit() }
    #expect(
      error?.what.hasPrefix("invalid access by the layer reaching: \(says)") == true, "\(String(describing: error))")
  }

  @Test("in an optimizer")
  func optimizer() throws {
    var training = try training(Reaching(), optimizer: Descent(reaches: true))
    let error = #expect(throws: GliaError.self) { try training.fit() }
    #expect(
      error?.what.hasPrefix("invalid access by the optimizer descent: 'velocity'") == true,
      "\(String(describing: error))")
    var right = try self.training(Reaching())
    try right.fit()
  }

  @Test("a loss and a layer of features, too")
  func lossAndFeatures() throws {
    let rows = try Tensor(rows: [[1, 2], [3, 4]])
    let error = #expect(throws: GliaError.self) { try Greedy().evaluate(rows, rows) }
    #expect(
      error?.what.hasPrefix("invalid access by the loss greedy: [2, 0] of 2 rows") == true,
      "\(String(describing: error))")
    let data = try Dataset(inputs: rows, targets: rows)
    let network = try Network(input: [2], layers: [Reaching()])
    let trained = #expect(throws: GliaError.self) { try network.evaluate(data, loss: Greedy()) }
    #expect(trained?.what.hasPrefix("invalid access by the loss greedy") == true, "\(String(describing: trained))")
    let hollow = #expect(throws: GliaError.self) { try Network(input: [2], layers: [Hollow()]).predict(rows) }
    #expect(
      hollow?.what.hasPrefix("invalid access by the layer hollow: 'gain'") == true, "\(String(describing: hollow))")
  }

  @Test("and a transform, which is named, not the one before it")
  func transform() throws {
    var settings = TrainingSettings()
    (settings.loss, settings.optimizer, settings.metrics, settings.epochs) = (HalfSquare(), Descent(), [], 1)
    settings.transforms = [Idle(), Grasping()]
    let data = try Dataset(inputs: Tensor(rows: [[1, 2]]), targets: Tensor(rows: [[1, 1]]))
    var training = try Training(Network(input: [2], layers: [Reaching()]), on: data, settings: settings)
    let error = #expect(throws: GliaError.self) { try training.fit() }
    #expect(
      error?.what.hasPrefix("invalid access by the transform grasping: tensor 1 of 1") == true,
      "\(String(describing: error))")
  }

  @Test("two tensors of the same name, and shapes that cannot be counted")
  func namesAndShapes() {
    let twice = #expect(throws: GliaError.self) { try Network(input: [2], layers: [Twice()]) }
    #expect(twice?.what == "two tensors are called 'layers.0.w'", "\(String(describing: twice))")
    #expect(throws: GliaError.self) { try Tensor(shape: [0, 1 << 40, 1 << 40], []) }
    #expect(throws: GliaError.self) { try [0, 1 << 40, 1 << 40].elementCount() }
    #expect(throws: GliaError.self) { try Dataset(inputs: Tensor(shape: [0, 1 << 40], []), targets: []) }
    #expect(throws: Never.self) { try [3, 0].elementCount() }
    #expect(ParameterPlan("w", shape: [3, 4, 5]).fanIn == 20 && ParameterPlan("w", shape: [3, 4, 5]).fanOut == 3)
    #expect(ParameterPlan("w", shape: [7]).fanIn == 1 && ParameterPlan("w", shape: [7]).fanOut == 1)
  }

  private struct Twice: Layer {
    static let name = "twice"
    func plan(input: [Int]) throws -> LayerPlan {
      try LayerPlan(output: input, parameters: [ParameterPlan("w", shape: [1]), ParameterPlan("w", shape: [2])])
    }
    func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {}
    func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {}
  }

  @Test("a custom container that doubles its layers' output and gradient")
  func container() throws {
    var network = try Network(input: [2], layers: [Doubled(layers: [Reaching(), Reaching()])])
    #expect(network.tensors.map(\.name) == ["layers.0.layers.0.weight", "layers.0.layers.1.weight"])
    try network.set("layers.0.layers.0.weight", to: Tensor(shape: [2], [1, 2]))
    try network.set("layers.0.layers.1.weight", to: Tensor(shape: [2], [3, 1]))
    let x = try Tensor(rows: [[1, 1]])
    #expect(try network.predict(x).values == [6, 4])
    // ½ (6 - 0)² and ½ (4 - 4)², as a mean over two outputs: ∂/∂w₁ = 6 · 2 · w₀ x / 2.
    let gradients = try network.gradients(of: HalfSquare(), on: Dataset(inputs: x, targets: Tensor(rows: [[0, 4]])))
    #expect(gradients["layers.0.layers.1.weight"]?.values == [6, 0])
  }
}

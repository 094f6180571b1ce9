import GliaCore

/// Parallel branches that receive the same input and whose outputs are added, multiplied, averaged, or concatenated along
/// the last axis, such as y = F₁(x) + F₂(x).
///
/// Parameters: those of the branches, named `branches.0.layers.0.weight` if a branch is a ``Sequential`` and
/// `branches.0.weight` if it is a single layer. In JSON: `"branches": [{"layers": [...]}, ...]`.
///
/// ```swift
/// Parallel(.add) {
///   Dense(8, activation: .tanh)
///   Sequential {
///     Dense(16, activation: .relu)
///     Dense(8)
///   }
/// }
/// ```
///
/// Source: Szegedy et al., "Going deeper with convolutions" (2015), for parallel branches.
public struct Parallel: ContainerLayer {
  public static let name = "parallel"
  public static let summary = "parallel branches whose outputs are combined"
  public static var examples: [JSON] {
    ["add", "average", "multiply", "concatenate"].flatMap { mode in
      [
        ["mode": mode, "branches": [JSON.hidden(4), ["layers": [JSON.hidden(3), "batch_norm", JSON.hidden(4)]]]],
        ["mode": mode, "branches": ["prelu", "batch_norm", "layer_norm"]],
      ]
    }
  }
  /// The branches, each of them a layer.
  @Required @Part public var branches: [any Layer] = []
  /// How the outputs of the branches are combined.
  public var mode = ParallelMode.concatenate

  /// Creates a layer without branches; set `branches` before use.
  public init() {}
  /// Creates a layer with the given branches; use a ``Sequential`` for a branch of several layers.
  public init(_ mode: ParallelMode, @NetworkBuilder _ branches: () throws -> [any Layer]) rethrows {
    self.mode = mode
    self.branches = try branches()
  }

  public var layers: [any Layer] {
    get { branches }
    set { branches = newValue }
  }

  public func validate() throws { try requireLayers(as: "branches") }

  public func plan(input: [Int]) throws -> LayerPlan {
    var (plans, count): ([LayerPlan], Int) = ([], 0)
    for (index, branch) in branches.enumerated() {
      try GliaError.locating("branches.\(index)") {
        plans.append(try branch.planned(input: input))
      }
      count += plans[index].layerCount
      try LayerPlan.require(layers: count)
    }
    let widest = plans.map(\.outputCount).max() ?? 0
    return try LayerPlan(
      output: mode.output(of: plans.map(\.output)),
      saved: [SavedPlan("branch_gradient", perSample: [widest]), SavedPlan("input_gradient", perSample: input)],
      children: plans, childLabel: "branches")
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    for index in branches.indices {
      mode.join(context.forward(child: index, x), of: index, into: y, context.plan)
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let branchGradient = context.saved["branch_gradient"]
    let inputGradient = context.saved["input_gradient"]
    for index in branches.indices {
      let output = context.output(of: index)
      let upper = branchGradient.reshaped(rows: output.rows, columns: output.columns)
      mode.split(dy.view, of: index, into: upper, context)
      context.backward(child: index, upper, into: index == 0 ? dx : inputGradient)
      if index > 0, context.needsInputGradient { dx.add(inputGradient.view) }
    }
  }

  public func checkInputs(_ samples: Tensor) throws {
    for (index, branch) in branches.enumerated() {
      try GliaError.locating("branches.\(index)") { try branch.checkInputs(samples) }
    }
  }

  public func warnings(input: [Int], batch: Int) -> [String] {
    branches.flatMap { $0.warnings(input: input, batch: batch) }
  }

  /// In mode `average`, the activation that all branches share: a mean of probabilities is a probability.
  public var outputActivation: (any Activation)? {
    guard mode == .average, let first = branches.first?.outputActivation, let settings = try? JSON(part: first),
      branches.allSatisfy({ $0.outputActivation.flatMap { try? JSON(part: $0) } == settings })
    else { return nil }
    return first
  }

  public var detail: String { "\(mode.rawValue), \(branches.count.counting("branch", "branches"))" }
}

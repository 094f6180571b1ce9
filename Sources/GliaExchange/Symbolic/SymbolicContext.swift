import GliaCore

/// The environment of a layer that is exported: its tensors by name, and its children.
public struct SymbolicContext: Sendable {
  /// The graph in which the layer is recorded.
  public let graph: SymbolicGraph
  /// The layer's plan.
  public let plan: LayerPlan
  private let tensors: [String: Tensor]
  private let prefix: String

  /// Records a whole network.
  private init(_ graph: SymbolicGraph, _ plan: LayerPlan, _ tensors: [String: Tensor], prefix: String) {
    (self.graph, self.plan, self.tensors, self.prefix) = (graph, plan, tensors, prefix)
  }

  init(_ network: Network, in graph: SymbolicGraph) {
    self.init(
      graph, network.plan, Dictionary(network.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }, prefix: "")
  }

  /// The parameter or the state with that name in the layer's plan, as a constant.
  public subscript(name: String) -> SymbolicTensor {
    get throws { SymbolicTensor(try tensor(name), in: graph) }
  }

  /// Returns the numbers of the parameter or the state with that name in the layer's plan.
  public func tensor(_ name: String) throws -> Tensor {
    guard let tensor = tensors[prefix + name] else {
      throw GliaError("no tensor '\((prefix + name).excerpt)' in the network", expected: "a tensor of the layer's plan")
    }
    return tensor
  }

  /// The number of children.
  public var childCount: Int { plan.children.count }

  /// Returns the outputs of child `index` of the plan for the inputs `x`.
  public func child(_ index: Int, _ x: SymbolicTensor) throws -> SymbolicTensor {
    guard plan.children.indices.contains(index) else {
      throw GliaError("child \(index) of \(plan.children.count)", expected: "an index of the plan's children")
    }
    return try SymbolicContext(graph, plan.children[index], tensors, prefix: prefix + plan.childPrefix(index)).outputs(
      x)
  }

  /// Returns the outputs of all children, one after the other.
  public func chain(_ x: SymbolicTensor) throws -> SymbolicTensor {
    try plan.children.indices.reduce(x) { x, index in try child(index, x) }
  }

  /// Returns the outputs of the layer that made the plan, or of a sequence of layers.
  func outputs(_ x: SymbolicTensor) throws -> SymbolicTensor {
    guard let layer = plan.madeBy else { return try chain(x) }
    let place = "network\(prefix.isEmpty ? "" : ".\(prefix.dropLast())") (\(type(of: layer).name))"
    return try GliaError.locating(place) {
      let outputs = try outputs(of: layer, x)
      guard outputs.shape == plan.output else {
        throw GliaError("recorded outputs of shape \(outputs.shape)", expected: "\(plan.output), as planned")
      }
      try graph.check()
      return outputs
    }
  }

  private func outputs(of layer: any Layer, _ x: SymbolicTensor) throws -> SymbolicTensor {
    if let own = layer as? any ExportableLayer { return try own.symbolic(x, self) }
    if let formula = layer as? any FormulaLayer { return try outputs(ofFormula: formula, x) }
    if let features = layer as? any FeaturewiseLayer { return try outputs(ofFeaturewise: features, x) }
    throw GliaError(
      "the layer \(type(of: layer).name) cannot be exported", expected: "a layer given by a formula",
      remedy: "conform \(type(of: layer)) to FormulaLayer, FeaturewiseLayer or ExportableLayer")
  }

  /// Records the formula number by number.
  private func outputs(ofFormula layer: some FormulaLayer, _ x: SymbolicTensor) throws -> SymbolicTensor {
    let flat = x.reshaped([x.shape.reduce(1, *)])
    let inputs = (0..<flat.shape[0]).map { flat.elements([$0]) }
    let parameters = try plan.parameters.flatMap { try tensor($0.name).values.map { SymbolicTensor($0) } }
    let outputs = try layer.outputs(of: inputs, parameters: parameters, plan: plan)
    // A number may be the same for all samples.
    return .concatenating(
      outputs.map { output in
        output.node?.isConstant ?? true ? inputs.first?.filled(with: output) ?? output : output
      }
    ).reshaped(plan.output)
  }

  /// Records the formula for all features at once: each parameter is a constant for the last axis.
  private func outputs(ofFeaturewise layer: some FeaturewiseLayer, _ x: SymbolicTensor) throws -> SymbolicTensor {
    let parameters = try plan.parameters.map { try self[$0.name] }
    var failure: (any Error)?
    let outputs = try SymbolicTensor.tracing {
      do {
        return try layer.output(of: x, parameters: parameters, plan: plan)
      } catch {
        failure = error
        return x
      }
    }
    if let failure { throw failure }
    return outputs
  }
}

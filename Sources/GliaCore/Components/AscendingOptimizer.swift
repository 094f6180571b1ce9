/// An optimizer that takes its gradient uphill from the weights: a pass computes the gradient g at w, a second one that at
/// w + e(g), with which another optimizer updates w.
///
/// Both passes use the same samples and the same random draws. Loss, penalty, metrics and the state of layers, such as running
/// statistics, are those of the first; transforms and the other optimizer see the gradient of the second. Frozen parameters
/// count as if their gradient were 0. Only the training's optimizer can be one, not that of a group or one nested in another.
public protocol AscendingOptimizer: Optimizer {
  /// The optimizer that updates the weights; the learning rate is its own.
  var optimizer: any Optimizer { get set }
  /// Moves the weights by e(g). All numbers form one row, with a weight or a gradient for each parameter.
  func ascend(_ weights: MutableTensorView<Float>, along gradient: TensorView<Float>)
}

extension AscendingOptimizer {
  /// The learning rate of the nested optimizer.
  public var learningRate: Float {
    get { optimizer.learningRate }
    set { optimizer.learningRate = newValue }
  }
  /// Returns the state of the nested optimizer.
  public func state(for shape: [Int]) -> [StatePlan] { optimizer.state(for: shape) }
  /// The step of the nested optimizer.
  public func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    optimizer.step(gradient, of: weight, context)
  }
  /// The update of the nested optimizer.
  public func update(
    _ weight: MutableTensorView<Float>, _ gradient: MutableTensorView<Float>, _ context: UpdateContext
  ) {
    optimizer.update(weight, gradient, context)
  }
}

extension Optimizer {
  /// The optimizer that updates the weights: the nested one of an ascending optimizer, otherwise this one.
  var rule: any Optimizer { (self as? any AscendingOptimizer)?.optimizer ?? self }

  /// Throws if `nested`, the optimizer in a setting, cannot be nested: one that ascends needs a second pass.
  public func requireNestable(_ nested: any Optimizer, _ setting: String) throws {
    try GliaError.locating(setting, nested.checkSettings)
    try require(
      !(nested is any AscendingOptimizer), setting, type(of: nested).name,
      expected: "an optimizer that needs one gradient a step")
  }
}

extension TrainingSettings {
  /// Throws if an optimizer that ascends is nested in another one, or is that of a group.
  func requireOneAscent() throws {
    func refuse(_ optimizer: any Optimizer, at place: String, remedy: String) throws {
      guard optimizer is any AscendingOptimizer else { return }
      throw GliaError(
        "\(type(of: optimizer).name) needs a second gradient", at: place,
        expected: "an optimizer that needs one gradient a step", remedy: remedy)
    }
    if let optimizer = optimizer as? any AscendingOptimizer {
      try refuse(optimizer.optimizer, at: "training.optimizer.optimizer", remedy: "nest another optimizer")
    }
    for (index, group) in groups.enumerated() {
      guard let optimizer = group.optimizer else { continue }
      try refuse(
        optimizer, at: "training.groups.\(index).optimizer", remedy: "make it the optimizer of the training")
    }
  }
}

extension TrainingSettings {
  /// Throws if settings or the network do not go together with a full-batch solver.
  ///
  /// - Parameter trained: the tensors that are not frozen.
  func requireSolvable(_ network: Network, trained: [PlacedTensor]) throws {
    for (index, group) in groups.enumerated() {
      guard let other = group.optimizer, group.trainable, solver != nil || other is any FullBatchOptimizer else {
        continue
      }
      let name = type(of: solver ?? other).name
      throw GliaError(
        "a group with an optimizer of its own beside \(name), which trains all parameters together",
        at: "training.groups.\(index).optimizer", expected: "groups that are frozen, if any",
        remedy: "leave the group's optimizer out, or use an optimizer such as adam for the training")
    }
    guard let solver else { return }
    let name = type(of: solver).name
    if let schedule, type(of: schedule).name != "constant" {
      throw GliaError(
        "the schedule \(type(of: schedule).name) with \(name), which chooses the lengths of its steps itself and has no "
          + "learning rate to lower",
        at: "training.schedule", expected: "no schedule", remedy: "remove it, or use an optimizer such as adam")
    }
    if let transform = transforms.first {
      throw GliaError(
        "the transform \(type(of: transform).name) with \(name), which chooses its steps by the exact gradient",
        at: "training.transforms.0", expected: "no transforms",
        remedy: "remove the transforms, or use an optimizer such as adam")
    }
    if let tensor = trained.first(where: { $0.plan.constraint != nil }), let constraint = tensor.plan.constraint {
      throw GliaError(
        "the constraint \(type(of: constraint).name) on \(tensor.plan.name) with \(name), whose steps would no longer decrease "
          + "the loss once the constraint has moved the weights",
        at: "network.layers", expected: "no constraints",
        remedy: "use a regularizer such as l2 instead, or an optimizer such as adam")
    }
    if solver.usesResiduals { try requireSquares(name, network, trained) }
    try GliaError.locating("training.optimizer") {
      try solver.checkProblem(
        parameters: trained.reduce(0) { $0 + $1.range.count },
        penalized: trained.filter { $0.plan.regularizer != nil }.map(\.plan.name))
    }
  }

  /// Throws if the objective is not a sum of squares with residuals of single samples.
  private func requireSquares(_ name: String, _ network: Network, _ trained: [PlacedTensor]) throws {
    let loss = try requiredLoss()
    guard loss is any LeastSquaresLoss else {
      throw GliaError(
        "\(name) minimizes sums of squares, and \(type(of: loss).name) is none", at: "training.loss",
        expected: "mean_squared_error or half_squared_error", remedy: "change the loss, or use lbfgs")
    }
    if network.isStochastic {
      throw GliaError(
        "random layers with \(name): single samples and the batch would draw different numbers", at: "network.layers",
        expected: "no layers such as dropout", remedy: "remove them, or use lbfgs")
    }
    if let augmentation = augmentations.first {
      throw GliaError(
        "the augmentation \(type(of: augmentation).name) with \(name), which needs the same residuals in every step",
        at: "training.augmentations.0", expected: "no augmentations", remedy: "remove them, or use lbfgs")
    }
    let isQuadratic = trained.allSatisfy { $0.plan.regularizer.map { $0 is any LeastSquaresRegularizer } ?? true }
    guard isQuadratic, !network.plan.penalizesActivity else {
      throw GliaError(
        "a penalty that is not a sum of squares with \(name)", at: "network.layers", expected: "no regularizers but l2",
        remedy: "use l2, or the optimizer lbfgs")
    }
  }
}

extension LayerPlan {
  /// Whether there is a penalty on the outputs of the layer or of a layer inside.
  fileprivate var penalizesActivity: Bool {
    activityRegularizer != nil || children.contains { $0.penalizesActivity }
  }
}

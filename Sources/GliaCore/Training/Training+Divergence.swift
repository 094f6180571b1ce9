extension Training {
  func layerName(ofParameter parameter: Int) -> String {
    let index = trained.layerIndex(ofParameter: parameter)
    return "layer \(index) (\(type(of: trained.layers[index]).name))"
  }

  /// Returns the error of a training whose loss is no longer finite.
  func lossDivergence() -> GliaError {
    if let bad = trained.parameters.firstIndex(where: { !$0.isFinite }) {
      return divergence("a parameter of \(layerName(ofParameter: bad)) is \(trained.parameters[bad].spelled)")
    }
    return divergence(
      "the loss is \(lastLoss.spelled); the outputs of layer \(trained.layers.count - 1) are too large")
  }

  /// Returns the error of a training that diverged in step number `step`, by default the next one.
  func divergence(_ what: String, step: Int? = nil) -> GliaError {
    let largest = training.inputs.values.reduce(0) { max($0, $1.magnitude) }
    let inputs = largest > 100 ? "standardize the inputs, whose values reach \(largest)" : nil
    // Before the first update, no learning rate helps.
    let remedies =
      progress.updates == 0
      ? [inputs, "make targets, sample weights and initial weights smaller"] : ["lower the learning rate", inputs]
    return GliaError(
      "training diverged: \(what)",
      at:
        "epoch \(progress.epoch + 1), step \(step ?? progress.step + 1), learning rate \(Float(progress.learningRate))",
      expected: "finite numbers", remedy: remedies.compactMap(\.self).joined(separator: ", or "), category: .divergence)
  }
}

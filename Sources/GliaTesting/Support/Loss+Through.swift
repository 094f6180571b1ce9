import GliaCore

extension Loss {
  /// Throws if the loss does not accept the targets, before anything is computed.
  func requireFit(target: [Float], rows: Int, outputs: Int, at place: String) throws {
    guard rows > 0, target.count.isMultiple(of: rows) else {
      throw GliaError("\(target.count) targets for \(rows) samples", at: place, expected: "the same number per sample")
    }
    try checkWidths(outputs: outputs, targets: target.count / rows, classes: targetEncoding == .index ? outputs : 0)
    try GliaError.locating(place) {
      try checkTargets(Tensor(shape: [rows, target.count / rows], target), classes: outputs)
    }
  }

  /// The loss and its gradient with respect to the input of `activation`: fused if possible, as in training, or else by
  /// the chain rule.
  func valueAndGradient(
    _ prediction: [Float], _ target: [Float], rows: Int, width: Int, through activation: (any Activation)?
  ) -> (value: Float, gradient: [Float]) {
    guard let activation else { return valueAndGradient(prediction, target, rows: rows) }
    if let fused = activation.link.flatMap(fromLogits) {
      return fused.valueAndGradient(prediction, target, rows: rows)
    }
    let (value, upstream) = valueAndGradient(
      activation.applied(to: prediction, width: width), target, rows: rows)
    return (value, activation.pulledBack(upstream, z: prediction, width: width))
  }
}

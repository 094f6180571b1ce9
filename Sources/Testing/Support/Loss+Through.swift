import GliaCore

extension Loss {
  /// Refuses targets that the loss cannot take, before anything is computed from them.
  func requireFit(target: [Float], rows: Int, outputs: Int, at place: String) throws {
    guard rows > 0, target.count.isMultiple(of: rows) else {
      throw GliaError("\(target.count) targets for \(rows) samples", at: place, expected: "equally many a sample")
    }
    try checkWidths(outputs: outputs, targets: target.count / rows, classes: targetEncoding == .index ? outputs : 0)
    try GliaError.locating(place) {
      try checkTargets(Tensor(shape: [rows, target.count / rows], target), classes: outputs)
    }
  }

  /// The value and the gradient with respect to the input of `activation`: fused as in training where they fit, else by
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

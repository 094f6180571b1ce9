extension Network {
  /// Returns the score of each output for its class, computed from the inputs of the output activation: the logit for a
  /// sigmoid, the log-odds of each class for a softmax; otherwise the outputs.
  ///
  /// They order samples as the outputs do, but without ties from rounding: in single precision, a sigmoid is 1 from 17 on.
  ///
  /// - Throws: if the samples do not have the network's input shape.
  public func scores(for x: Tensor) throws -> [Double] {
    guard let (logits, activation) = layers.last?.separatingActivation(), let link = activation.link,
      link == .logistic || link == .softmax
    else { return try predict(x).values.map(Double.init) }
    var network = try Network(input: input, layers: layers.dropLast() + [logits])
    (network.parameters, network.state) = (parameters, state)
    let values = try network.predict(x).values
    return Predictions.scores(values, logits: values, link: link, width: plan.outputCount)
  }
}

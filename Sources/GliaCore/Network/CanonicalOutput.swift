/// A network's layers and its loss, without the output activation if the loss is computed from the logits.
struct CanonicalOutput {
  var layers: [any Layer]
  var loss: any Loss
  var activation: (any Activation)?

  init(_ network: Network, _ loss: any Loss) {
    (layers, self.loss, activation) = (network.layers, loss, nil)
    // An activity regularizer on the last layer needs the outputs.
    guard network.plan.children.last?.activityRegularizer == nil,
      let (logits, activation) = layers.last?.separatingActivation(),
      let link = activation.link, let fromLogits = loss.fromLogits(of: link)
    else { return }
    layers[layers.count - 1] = logits
    self.loss = fromLogits
    self.activation = activation
  }
}

import GliaCore

extension Preparation {
  /// The boundary over the epochs, as one animated picture.
  ///
  /// - Parameters:
  ///   - model: the trained network, which names the classes.
  ///   - frames: the network after some epochs, in order.
  /// - Returns: nil unless the network sorts points of the plane into classes.
  public func learning(of model: Model, frames: [(epoch: Int, network: Network)]) throws -> AnimatedPNG? {
    guard model.network.input.reduce(1, *) == 2, !model.classes.isEmpty, !frames.isEmpty
    else { return nil }
    let pictures = try frames.map { frame in
      var figure = try DecisionBoundary(
        of: frame.network, on: training, classes: model.classes, standardization: standardization)
      figure.title = title(of: model)
      figure.subtitle = "epoch \(frame.epoch)"
      (figure.page.width, figure.page.height, figure.page.scale) = (800, 600, 1)
      return try figure.png()
    }
    return try AnimatedPNG(pictures)
  }
}

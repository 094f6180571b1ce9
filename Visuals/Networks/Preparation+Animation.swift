import GliaCore

extension Preparation {
  /// The network after an epoch.
  public typealias LearnedNetwork = (epoch: Int, network: Network)

  /// Returns an animation of what the network learned over the epochs: its decision boundary, its surface, or for one input
  /// its curve. All pictures have the same axes and colors.
  ///
  /// - Parameters:
  ///   - model: The trained model, which provides the names of the classes.
  ///   - frames: The network after some of the epochs, in order.
  /// - Returns: The animation, or `nil` unless the network classifies points of the plane, or has one or two inputs and one
  ///   output for a number.
  public func learning(of model: Model, frames: [LearnedNetwork]) throws -> AnimatedPNG? {
    guard let last = frames.last else { return nil }
    switch (model.featureCount, model.network.output.reduce(1, *), model.classes.isEmpty) {
    case (2, _, false):
      return try animation(of: model, frames) {
        try DecisionBoundary(
          of: $0, on: training, classes: model.classes, preprocessing: preprocessing, scoreKind: model.scoreKind)
      }
    case (2, 1, true):
      let end = try RegressionSurface(of: last.network, on: training, preprocessing: preprocessing).colorScale
      return try animation(of: model, frames) {
        var figure = try RegressionSurface(of: $0, on: training, preprocessing: preprocessing)
        figure.range = end.low...end.high
        return figure
      }
    case (1, 1, true): return try curves(of: model, frames)
    default: return nil
    }
  }

  private func curves(of model: Model, _ frames: [LearnedNetwork]) throws -> AnimatedPNG {
    func figure(_ network: Network) throws -> RegressionFit {
      try RegressionFit(of: network, on: training, preprocessing: preprocessing)
    }
    let limits = PlotLimits(around: try frames.map { try figure($0.network).content(within: nil) })
    return try animation(of: model, frames) {
      var figure = try figure($0)
      figure.limits = limits.map { ($0.x, $0.y) }
      return figure
    }
  }

  private func animation(
    of model: Model, _ frames: [LearnedNetwork], _ figure: (Network) throws -> some Figure
  ) throws -> AnimatedPNG {
    try AnimatedPNG(
      frames.map { frame in
        var figure = try figure(frame.network)
        figure.title = title(of: model)
        figure.subtitle = "epoch \(frame.epoch)"
        (figure.page.width, figure.page.height, figure.page.scale) = (800, 600, 1)
        return try figure.png()
      })
  }
}

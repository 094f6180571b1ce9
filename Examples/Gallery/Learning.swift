import Glia
import GliaVisuals

/// The decision boundary during training, as small multiples and as an animation.
func learning() throws -> [Exhibit] {
  let data = try Spirals(samples: 450, noise: 0.1).load()
  var training = try Lesson(hidden: [24, 16], optimizer: Adam(learningRate: 0.01), epochs: 96).begin(on: data)
  func figure(_ network: Network, _ epoch: Int) throws -> DecisionBoundary {
    var figure = try DecisionBoundary(of: network, on: data)
    figure.subtitle = "epoch \(epoch)"
    (figure.page.width, figure.page.height, figure.page.scale) = (800, 600, 1)
    return figure
  }
  var frames = [try figure(training.network, 0)]
  while let epoch = try training.next() {
    if epoch.number % 4 == 0 { frames.append(try figure(training.network, epoch.number)) }
  }
  var grid = FigureGrid(
    columns: 4,
    [0, 1, 2, 3, 5, 8, 14, 24].map { index in
      var small = frames[index]
      (small.title, small.subtitle) = (small.subtitle, "")
      return small
    })
  (grid.title, grid.sharesLimits) = (frames[0].title, true)
  return [Exhibit("multiples", grid), Exhibit("learning", moving: frames)]
}

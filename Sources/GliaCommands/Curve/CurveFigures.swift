import GliaCore
import GliaStudies
import GliaVisuals

extension ScoreCurve {
  /// The metric of the training and the held-out samples against the values.
  ///
  /// - Throws: if the values cannot be arranged on an axis, such as the names of components.
  func picture(_ objective: ExperimentObjective) throws -> CurveBands {
    let numbers = points.compactMap(\.value.double)
    guard numbers.count == points.count else {
      throw GliaError("the values of \(path.excerpt) are no numbers", expected: "numbers, which have an axis")
    }
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    func series(_ name: String, _ values: (Point) -> [Double]) -> CurveBands.Series {
      let runs = order.map { values(points[$0]).filter(\.isFinite) }
      let medians = order.map { Self.median(values(points[$0])) ?? .nan }
      return CurveBands.Series(
        name, x: order.map { numbers[$0] }, median: medians,
        low: zip(runs, medians).map { $0.min() ?? $1 }, high: zip(runs, medians).map { $0.max() ?? $1 })
    }
    let held =
      switch objective.part {
      case .validation: "validation"
      case .folds: "held out"
      case .training: "training"
      }
    var figure = CurveBands(
      (held == "training" ? [] : [series("training", \.training)]) + [series(held, \.heldOut)])
    let title = path == Self.samples ? "learning curve" : "validation curve"
    figure.title = "\(objective.experiment.name.typeset) · \(title)"
    let band =
      objective.seeds.count > 1 ? "median of \(objective.seeds.count) seeds, band from the lowest to the highest" : nil
    figure.subtitle = [band, stopped].compactMap(\.self).joined(separator: " · ")
    (figure.xName, figure.yName) = (path == Self.samples ? "training samples" : path, objective.metric)
    return figure
  }
}

extension FindRateCommand {
  /// The loss against the rate, with the suggestion.
  func picture(_ curve: LearningRateCurve, _ preparation: Preparation) -> RateCurve {
    var figure = RateCurve(rates: curve.rates, losses: curve.losses)
    figure.title = preparation.heading.typeset
    figure.subtitle = preparation.experiment.training.optimizer.map { "\(type(of: $0).name), \(steps) steps" } ?? ""
    figure.suggestion = curve.suggestion
    return figure
  }
}

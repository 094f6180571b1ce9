import GliaCore
import GliaSearch
import GliaStudies
import GliaVisuals

extension SearchResults {
  /// More settings than this cannot be told apart in one figure.
  private static let mostAxes = 12

  /// Draws the figures into the folder, and returns the names of the files; those that cannot be drawn are omitted with a note.
  func draw(into folder: OutputFolder) -> [String] {
    let figures = zip(SearchRun.pictures, [history, parallelCoordinates, slices, importances])
    return figures.compactMap { name, figure in
      guard var figure else { return nil }
      figure.title = "\(objective.experiment.name.typeset) · \(trials.count.counted("trial")), \(strategy)"
      if figure.subtitle.isEmpty { figure.subtitle = objective.description }
      return folder.draw(figure, as: name)
    }
  }

  private func value(_ trial: FinishedTrial) -> Double { trial.value.map(objective.value(fromLower:)) ?? .nan }

  /// Every trial, and the best so far.
  private var history: (any Figure)? {
    var figure = BestSoFar(
      trials.map { trial in
        switch trial.outcome {
        case .value: .init(value(trial))
        case .pruned: .init(trial.reports.last.map { objective.value(fromLower: $0.value) } ?? .nan, .pruned)
        case .failed: .init(.nan, .failed)
        }
      })
    (figure.isMaximized, figure.quantity) = (objective.higherIsBetter, objective.metric)
    return figure
  }

  /// The trials that were not pruned: the others have no final value.
  private var complete: [FinishedTrial] { trials.filter { $0.outcome != .pruned } }

  private var parallelCoordinates: (any Figure)? {
    guard complete.count > 1 else { return nil }
    var figure = ParallelCoordinates(settings(most: Self.mostAxes), objective: complete.map(value))
    (figure.isMaximized, figure.quantity) = (objective.higherIsBetter, objective.metric)
    return figure
  }

  private var slices: (any Figure)? {
    guard complete.count > 1 else { return nil }
    var figure = SettingSlices(settings(most: Self.mostAxes), objective: complete.map(value))
    (figure.isMaximized, figure.quantity) = (objective.higherIsBetter, objective.metric)
    return figure
  }

  private var importances: (any Figure)? {
    guard let importance, space.dimensions.count > 1 else { return nil }
    let names = names
    return SettingImportance(
      zip(names, space.dimensions).map { .init($0, importance.share(of: $1)) }, method: "fANOVA of a random forest")
  }

  /// The settings with their values in each trial, the most important ones if there are too many.
  private func settings(most: Int) -> [StudySetting] {
    let order =
      importance.map { importance in
        space.dimensions.indices.sorted {
          importance.share(of: space.dimensions[$0]) > importance.share(of: space.dimensions[$1])
        }.prefix(most).sorted()
      } ?? Array(space.dimensions.indices.prefix(most))
    let names = names
    return order.map { index in
      let dimension = space.dimensions[index]
      let values = complete.map { $0.values[dimension.path] }
      guard dimension.isOrdered else {
        return StudySetting(names[index], categories: values.map { $0?.plainText })
      }
      let isLogarithmic = if case .range(let range) = dimension.values { range.isLogarithmic } else { false }
      return StudySetting(
        names[index], values.map { $0?.double }, scale: isLogarithmic ? .logarithmic : .linear)
    }
  }

  /// The last parts of the paths, or all of a path where they are equal.
  private var names: [String] {
    let lasts = space.dimensions.map(\.path.lastPart)
    return zip(space.dimensions, lasts).map { dimension, last in
      lasts.count { $0 == last } > 1 ? dimension.path : last
    }
  }
}

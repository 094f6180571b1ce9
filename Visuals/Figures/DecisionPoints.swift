import GliaCore

/// The points of a decision boundary, and which of them the classifier gets wrong.
struct DecisionPoints: Sendable {
  private let figure: DecisionBoundary
  /// For each set and point, whether the classifier is wrong; never for points that are not finite.
  private let mistakes: [[Bool]]

  private var theme: Theme { figure.page.theme }

  /// Asks the classifier about all points that are finite.
  init(_ figure: DecisionBoundary) throws {
    self.figure = figure
    mistakes = try figure.points.map { set in
      if let predictions = set.predictions {
        return set.labels.indices.map { set.point($0).isFinite && predictions[$0] != set.labels[$0] }
      }
      var wrong = Array(repeating: false, count: set.count)
      let finite = set.finite
      let scores = try Grid.scores(figure.scores, at: finite.flatMap { set.coordinates[2 * $0...2 * $0 + 1] })
      let channels = finite.isEmpty ? 1 : scores.count / finite.count
      for (row, index) in finite.enumerated() {
        let own = scores[row * channels..<(row + 1) * channels]
        guard own.allSatisfy(\.isFinite) else { continue }
        wrong[index] = try figure.predicted(own) != set.labels[index]
      }
      return wrong
    }
  }

  private var mistakeCount: Int { mistakes.joined().count { $0 } }

  /// The part of the last set that is classified right, such as `98.5 %`, named if there are several; empty without points.
  var accuracy: String {
    guard let (set, wrong) = zip(figure.points, mistakes).reversed().first(where: { !$0.0.finite.isEmpty }) else {
      return ""
    }
    let right = Double(wrong.count { !$0 } - (set.count - set.finite.count))
    let name = figure.points.count > 1 ? set.name + " " : ""
    return name + NumberText.fixed(100 * right / Double(set.finite.count), decimals: 1) + " %"
  }

  /// Where the points lie.
  func places(in plot: Plot) -> [Point] {
    figure.points.flatMap { set in
      set.finite.map { index in
        let point = set.point(index)
        return plot.place(point.x, point.y)
      }
    }
  }

  private func marker(_ label: Int) -> Marker { .of(label, hues: theme.palette.count) }

  func legend(counting: Bool) -> Legend {
    let totals = figure.points.reduce(into: Array(repeating: 0, count: figure.classes.count)) { counts, set in
      for label in set.labels { counts[label] += 1 }
    }
    func count(_ number: Int) -> String { counting ? " (\(number))" : "" }
    var entries: [(key: Legend.Key, name: String)] = figure.classes.enumerated().map { index, name in
      // Cut before the count is added, which so is always seen.
      let name = Typeface.fitted(name, to: DecisionBoundary.legendWidth - 70, size: theme.labelSize)
      let key = Legend.Key.marker(marker(index), theme.hue(index), isHollow: false)
      return (key, figure.points.isEmpty ? name : name + count(totals[index]))
    }
    let drawn = figure.points.filter { $0.count > 0 }
    if drawn.count > 1 || drawn.contains(where: { $0.style == .hollow }) {
      entries.append((.space, ""))
      for set in drawn {
        entries.append(
          (.marker(.circle, theme.secondary, isHollow: set.style == .hollow), set.name + count(set.count)))
      }
    }
    if mistakeCount > 0 && figure.marksMistakes { entries.append((.mistake, "misclassified" + count(mistakeCount))) }
    return Legend(entries: entries, theme: theme)
  }

  /// What the legend may need with other mistakes, so that pictures of a training have their plots at one place.
  var legendWidth: Double {
    var legend = legend(counting: true)
    let count = figure.points.reduce(0) { $0 + $1.count }
    if figure.marksMistakes && count > 0 { legend.entries.append((.mistake, "misclassified (\(count))")) }
    return legend.width
  }

  /// Draws the points in an order of chance, so that no class hides another, and the mistakes on top.
  func draw(on canvas: inout Canvas, _ plot: Plot) {
    let count = figure.points.reduce(0) { $0 + $1.count }
    let radius = Marker.radius(for: count, width: plot.area.width)
    var wrong: [Point] = []
    for (set, mistaken) in zip(figure.points, mistakes) {
      let stamps = figure.classes.indices.map { label in
        MarkStamp(
          marker(label), radius: radius, color: theme.hue(label), isHollow: set.style == .hollow, theme: theme,
          scale: canvas.scale)
      }
      for index in shuffledOrder(set.count, seed: figure.seed) {
        let point = set.point(index)
        guard point.isFinite else { continue }
        let place = plot.place(point.x, point.y)
        canvas.draw(stamps[set.labels[index]], at: place)
        if mistaken[index] && figure.marksMistakes { wrong.append(place) }
      }
    }
    // Many are marked smaller, so that the points under them are seen.
    let share = min((150 / Double(max(wrong.count, 1))).squareRoot(), 1)
    for place in wrong { canvas.markMistake(at: place, radius: radius * max(share, 0.65), theme: theme) }
  }
}

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
      let scores = try SampledField.scores(figure.scores, at: finite.flatMap { set.coordinates[2 * $0...2 * $0 + 1] })
      let channels = finite.isEmpty ? 1 : scores.count / finite.count
      for (row, index) in finite.enumerated() {
        let own = scores[row * channels..<(row + 1) * channels]
        guard own.allSatisfy(\.isFinite) else { continue }
        wrong[index] = try figure.predicted(own) != set.labels[index]
      }
      return wrong
    }
  }

  /// How many points of each set are wrong, of all where only some are drawn.
  private var wrongs: [Int] {
    zip(figure.points, mistakes).map { set, wrong in set.whole?.wrong ?? wrong.count { $0 } }
  }
  private var mistakeCount: Int { wrongs.reduce(0, +) }
  private var count: Int { figure.points.reduce(0) { $0 + $1.tally.count } }

  /// The part of the last set that is classified right, such as `98.5 %`, named if there are several; empty without points.
  var accuracy: String {
    guard let (set, wrong) = zip(figure.points, wrongs).reversed().first(where: { !$0.0.finite.isEmpty }) else {
      return ""
    }
    let right = Double(set.tally.finite - wrong)
    let name = figure.points.count > 1 ? set.name + " " : ""
    return name + NumberText.fixed(100 * right / Double(set.tally.finite), decimals: 1) + " %"
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
    func count(_ number: Int) -> String { counting ? " (\(NumberText.grouped(number)))" : "" }
    let tallies = figure.points.map(\.tally)
    var entries: [LegendEntry] = figure.classes.enumerated().map { label, name in
      let key = Legend.Key.marker(marker(label), theme.hue(label), isHollow: false)
      let total = tallies.reduce(0) { $0 + $1.counts[label, default: 0] }
      return (key, figure.points.isEmpty ? name : name + count(total))
    }
    let drawn = figure.points.filter { $0.count > 0 }
    if drawn.count > 1 || drawn.contains(where: { $0.style == .hollow }) {
      entries.append((.space, ""))
      for set in drawn {
        entries.append(
          (.marker(.circle, theme.secondary, isHollow: set.style == .hollow), set.name + count(set.tally.count)))
      }
    }
    if mistakeCount > 0 && figure.marksMistakes {
      // Points of the usual width tell the sign before there is a plot.
      let sign = mistakeSign(radius(width: 0.58 * Double(figure.page.width) / figure.page.scale))
      entries.append((.mistake(sign), "misclassified" + count(mistakeCount)))
    }
    return Legend(entries: entries, theme: theme)
  }

  /// What the legend may need with other mistakes, so that pictures of a training have their plots at one place.
  var legendWidth: Double {
    var legend = legend(counting: true)
    if figure.marksMistakes && count > 0 {
      legend.entries.append((.mistake(.ringed), "misclassified (\(NumberText.grouped(count)))"))
    }
    return legend.width
  }

  private func radius(width: Double) -> Double {
    Marker.radius(for: figure.points.reduce(0) { $0 + $1.count }, width: width)
  }

  private func mistakeSign(_ radius: Double) -> MarkStamp.Mistake {
    figure.mistakeSign ?? MarkStamp.Mistake(radius: radius, share: Double(mistakeCount) / Double(max(count, 1)))
  }

  /// Draws the points in an order of chance, so that no class hides another, and the mistakes on top.
  func draw(on canvas: inout Canvas, _ plot: Plot) {
    let radius = radius(width: plot.area.width)
    let sign = mistakeSign(radius)
    var wrong: [(stamp: MarkStamp, place: Point)] = []
    for (set, mistaken) in zip(figure.points, mistakes) {
      func stamps(_ mistake: MarkStamp.Mistake?) -> [MarkStamp] {
        figure.classes.indices.map { label in
          MarkStamp(
            marker(label), radius: radius, color: theme.hue(label), isHollow: set.style == .hollow, mistake: mistake,
            theme: theme, scale: canvas.scale)
        }
      }
      let (right, mistakes) = (stamps(nil), stamps(sign))
      for index in shuffledOrder(set.count, seed: figure.seed) {
        let point = set.point(index)
        guard point.isFinite else { continue }
        let (label, place) = (set.labels[index], plot.place(point.x, point.y))
        if mistaken[index] && figure.marksMistakes {
          wrong.append((mistakes[label], place))
        } else {
          canvas.draw(right[label], at: place)
        }
      }
    }
    // A ring hides none of the marks that are wrong.
    if sign == .ringed {
      let ring = MarkStamp(ringAround: radius, theme: theme, scale: canvas.scale)
      for (_, place) in wrong { canvas.draw(ring, at: place) }
    }
    for (stamp, place) in wrong { canvas.draw(stamp, at: place) }
  }
}

import GliaCore

/// The points of a decision boundary, and which of them are misclassified.
struct DecisionPoints: Sendable {
  private let sets: [PointSet]
  private let classes: [String]
  private let marksMistakes: Bool
  private let fixedSign: MarkStamp.Mistake?
  private let seed: UInt64
  private let page: Page
  /// Whether each point of each set is misclassified; `false` for points that are not finite.
  private let mistakes: [[Bool]]

  private var theme: Theme { page.theme }

  /// Classifies all finite points.
  init(_ figure: DecisionBoundary) throws {
    (sets, classes, page, seed) = (figure.points, figure.classes, figure.page, figure.seed)
    (marksMistakes, fixedSign) = (figure.marksMistakes, figure.mistakeSign)
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
        wrong[index] = try figure.scoreKind.decision(own, classes: figure.classes.count) != set.labels[index]
      }
      return wrong
    }
  }

  /// The number of misclassified points of each set, including points that are not drawn.
  private var wrongs: [Int] {
    zip(sets, mistakes).map { set, wrong in set.whole?.wrong ?? wrong.count { $0 } }
  }
  private var mistakeCount: Int { wrongs.reduce(0, +) }
  private var count: Int { sets.reduce(0) { $0 + $1.tally.count } }

  /// The accuracy on the last set, such as `98.5 %`, with its name if there are several; empty without points.
  var accuracy: String {
    guard let (set, wrong) = zip(sets, wrongs).reversed().first(where: { !$0.0.finite.isEmpty }) else {
      return ""
    }
    let right = Double(set.tally.finite - wrong)
    let name = sets.count > 1 ? set.name + " " : ""
    return name + NumberText.fixed(100 * right / Double(set.tally.finite), decimals: 1) + " %"
  }

  /// Returns the positions of the points.
  func places(in plot: Plot) -> [Point] {
    sets.flatMap { set in
      set.finite.map { index in
        let point = set.point(index)
        return plot.place(point.x, point.y)
      }
    }
  }

  private func marker(_ label: Int) -> Marker { .of(label, hues: theme.palette.count) }

  func legend(counting: Bool) -> Legend {
    func count(_ number: Int) -> String { counting ? " (\(NumberText.grouped(number)))" : "" }
    let tallies = sets.map(\.tally)
    var entries: [LegendEntry] = classes.enumerated().map { label, name in
      let key = Legend.Key.marker(marker(label), theme.hue(label), isHollow: false)
      let total = tallies.reduce(0) { $0 + $1.counts[label, default: 0] }
      return (key, sets.isEmpty ? name : name + count(total))
    }
    let drawn = sets.filter { $0.count > 0 }
    if drawn.count > 1 || drawn.contains(where: { $0.style == .hollow }) {
      entries.append((.space, ""))
      for set in drawn {
        entries.append(
          (.marker(.circle, theme.secondary, isHollow: set.style == .hollow), set.name + count(set.tally.count)))
      }
    }
    if mistakeCount > 0 && marksMistakes {
      // The legend is made before the plot, so the size of the points is estimated.
      let sign = mistakeSign(radius(width: 0.58 * Double(page.width) / page.scale))
      entries.append((.mistake(sign), "misclassified" + count(mistakeCount)))
    }
    return Legend(entries: entries, theme: theme)
  }

  /// The width of the legend with any number of mistakes, so that the plot stays in place over a sequence of pictures.
  var legendWidth: Double {
    var legend = legend(counting: true)
    if marksMistakes && count > 0 {
      legend.entries.append((.mistake(.ringed), "misclassified (\(NumberText.grouped(count)))"))
    }
    return legend.width
  }

  private func radius(width: Double) -> Double {
    Marker.radius(for: sets.reduce(0) { $0 + $1.count }, width: width)
  }

  private func mistakeSign(_ radius: Double) -> MarkStamp.Mistake {
    fixedSign ?? MarkStamp.Mistake(radius: radius, share: Double(mistakeCount) / Double(max(count, 1)))
  }

  /// Draws the points in a random order, so that no class hides another, with the mistakes on top.
  func draw(on canvas: inout Canvas, _ plot: Plot) {
    let radius = radius(width: plot.area.width)
    let sign = mistakeSign(radius)
    var wrong: [(stamp: MarkStamp, place: Point)] = []
    for (set, mistaken) in zip(sets, mistakes) {
      func stamps(_ mistake: MarkStamp.Mistake?) -> [MarkStamp] {
        classes.indices.map { label in
          MarkStamp(
            marker(label), radius: radius, color: theme.hue(label), isHollow: set.style == .hollow, mistake: mistake,
            theme: theme, scale: canvas.scale)
        }
      }
      let (right, mistakes) = (stamps(nil), stamps(sign))
      for index in shuffledOrder(set.count, seed: seed) {
        let point = set.point(index)
        guard point.isFinite else { continue }
        let (label, place) = (set.labels[index], plot.place(point.x, point.y))
        if mistaken[index] && marksMistakes {
          wrong.append((mistakes[label], place))
        } else {
          canvas.draw(right[label], at: place)
        }
      }
    }
    // Rings are drawn first, so that they hide no mistakes.
    if sign == .ringed {
      let ring = MarkStamp(ringAround: radius, theme: theme, scale: canvas.scale)
      for (_, place) in wrong { canvas.draw(ring, at: place) }
    }
    for (stamp, place) in wrong { canvas.draw(stamp, at: place) }
  }
}

/// Labeled points of the plane, such as the training part of a data set.
public struct PointSet: Hashable, Sendable {
  /// How the points are drawn.
  public enum Style: Hashable, Sendable {
    /// Filled, as for training points.
    case filled
    /// Hollow, as for test points.
    case hollow
  }

  /// The name of the set in the legend.
  public var name: String
  /// How the points are drawn.
  public var style: Style
  /// The coordinates x₁ and x₂ of each point, interleaved.
  public var coordinates: [Float]
  /// The index of the class of each point.
  public var labels: [Int]
  /// The predicted class of each point, if it doesn't follow from the two coordinates; if `nil`, the classifier is
  /// evaluated.
  public var predictions: [Int]?
  /// The counts over all points if only some of them are drawn.
  var whole: Tally?

  /// Creates a set of points with their classes.
  public init(_ name: String, _ coordinates: [Float], labels: [Int], style: Style = .filled) {
    self.name = name
    self.coordinates = coordinates
    self.labels = labels
    self.style = style
  }

  var count: Int { labels.count }

  func point(_ index: Int) -> Point {
    Point(Double(coordinates[2 * index]), Double(coordinates[2 * index + 1]))
  }

  /// The counts over all points, including those that are not drawn.
  var tally: Tally { whole ?? Tally(self) }

  /// Returns every `step`-th point, with the counts over all points.
  func thinned(every step: Int) -> PointSet {
    guard step > 1 else { return self }
    let kept = Array(stride(from: 0, to: count, by: step))
    var set = PointSet(
      name, kept.flatMap { coordinates[2 * $0...2 * $0 + 1] }, labels: kept.map { labels[$0] }, style: style)
    set.predictions = predictions.map { all in kept.map { all[$0] } }
    set.whole = Tally(self, step: step)
    return set
  }

  /// The indices of the finite points.
  var finite: [Int] { labels.indices.filter { point($0).isFinite } }

  /// Throws an error if coordinates, labels, and predictions don't match.
  func check(classes: Int) throws {
    guard coordinates.count == 2 * labels.count else {
      throw GliaError(
        "\(coordinates.count) coordinates do not fit \(labels.count) labels", at: name,
        expected: "two coordinates for every label")
    }
    if let predictions, predictions.count != labels.count {
      throw GliaError(
        "\(predictions.count) predictions do not fit \(labels.count) labels", at: name, expected: "one for every label")
    }
    if let label = labels.first(where: { !(0..<classes).contains($0) }) {
      throw GliaError(
        "a point has the class \(label)", at: name, expected: "a class from 0 to \(classes - 1)",
        remedy: "name as many classes as the labels use")
    }
  }
}

extension PointSet {
  /// The counts of the points of a set.
  struct Tally: Hashable, Sendable {
    /// The number of points of each class that occurs.
    let counts: [Int: Int]
    let finite: Int
    /// The number of points misclassified by ``PointSet/predictions``.
    let wrong: Int
    /// One in this many points is drawn.
    let step: Int

    var count: Int { counts.values.reduce(0, +) }

    init(_ set: PointSet, step: Int = 1) {
      counts = set.labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      finite = set.finite.count
      wrong = set.predictions.map { all in set.finite.count { all[$0] != set.labels[$0] } } ?? 0
      self.step = step
    }
  }
}

/// Returns a reproducible random order of 0 ..< `count`, so that no class hides another.
func shuffledOrder(_ count: Int, seed: UInt64 = 7) -> [Int] {
  var random = Random(seed: seed)
  return random.permutation(count)
}

import GliaCore

/// Labelled points of the plane, such as the training part of a data set.
public struct PointSet: Hashable, Sendable {
  /// How the points are drawn.
  public enum Style: Hashable, Sendable {
    /// Filled, as training points are.
    case filled
    /// Hollow, as test points are.
    case hollow
  }

  /// What the set is called in the legend.
  public var name: String
  /// How the points are drawn.
  public var style: Style
  /// x₁ and x₂ of each point in turn.
  public var coordinates: [Float]
  /// The class of each point, counted from 0.
  public var labels: [Int]
  /// The class that the classifier gives each point, where its two coordinates do not tell; asked for them if `nil`.
  public var predictions: [Int]?
  /// The numbers of all points where only some of them are drawn.
  var whole: Tally?

  /// A set of points with their classes.
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

  /// How many there are, counting those that are left out of a drawing of many.
  var tally: Tally { whole ?? Tally(self) }

  /// Every `step`-th point, with the numbers of all.
  func thinned(every step: Int) -> PointSet {
    guard step > 1 else { return self }
    let kept = Array(stride(from: 0, to: count, by: step))
    var set = PointSet(
      name, kept.flatMap { coordinates[2 * $0...2 * $0 + 1] }, labels: kept.map { labels[$0] }, style: style)
    set.predictions = predictions.map { all in kept.map { all[$0] } }
    set.whole = Tally(self, step: step)
    return set
  }

  /// The indices of the points that can be drawn.
  var finite: [Int] { labels.indices.filter { point($0).isFinite } }

  /// Refuses coordinates and labels that do not belong together.
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
  /// The numbers of the points of a set.
  struct Tally: Hashable, Sendable {
    /// How many there are of each class that occurs.
    let counts: [Int: Int]
    let finite: Int
    /// How many are misclassified, as far as the set itself tells.
    let wrong: Int
    /// One in how many is drawn.
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

/// An order of 0 ..< `count` that is drawn by chance and always the same, so that no class hides another.
func shuffledOrder(_ count: Int, seed: UInt64 = 7) -> [Int] {
  var random = Random(seed: seed)
  return random.permutation(count)
}

/// How the curves of classes are told apart: each by the hue and the sign that its class has in all figures, and of too many
/// only those of the lowest values.
struct CurveStyle {
  private let theme: Theme
  private let values: [Double]
  /// The place of each curve among hues and signs.
  private let places: [Int]
  /// The curves in color, in the order of the legend.
  private let shown: [Int]

  /// How many stand out where there are more than hues.
  private static let fewest = 6

  /// The style of curves with these `values`; their `places` are those of their classes, or follow each other.
  init(theme: Theme, values: [Double], places: [Int?]) {
    (self.theme, self.values) = (theme, values)
    self.places = places.enumerated().map { $1 ?? $0 }
    let rising = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    shown = values.count <= max(theme.palette.count, 1) ? Array(values.indices) : Array(rising.prefix(Self.fewest))
  }

  static func marker(_ index: Int, _ theme: Theme) -> Marker { .of(index, hues: theme.palette.count) }

  /// A value with the name of its curve, cut to fit.
  func entry(_ value: Double, _ name: String) -> String {
    let number = NumberText.fixed(value, decimals: 3)
    let room = CurvePlot.legendWidth - 34 - theme.label().width(of: number + "  ")
    return number + "  " + Typeface.fitted(name, to: room, size: theme.labelSize)
  }

  /// The curve `index` with its sign where the classifier decides.
  func curve(_ index: Int, _ points: [Point], _ name: String, decision: Point?) -> CurvePlot.Curve {
    guard shown.contains(index) else {
      return CurvePlot.Curve(points: points, color: theme.spine.opacity(0.45), stroke: Stroke(1))
    }
    let place = places[index]
    return CurvePlot.Curve(
      points: points, color: theme.hue(place), stroke: theme.isGray ? theme.stroke(place) : Stroke(2),
      marker: decision.map { _ in Self.marker(place, theme) },
      decision: decision, name: entry(values[index], name))
  }

  /// All curves from the lowest layer to the highest: pale ones, averages, those that stand out.
  func layered(_ curves: [CurvePlot.Curve], _ averages: [CurvePlot.Curve]) -> [CurvePlot.Curve] {
    curves.indices.filter { !shown.contains($0) }.map { curves[$0] } + averages + shown.map { curves[$0] }
  }

  /// What the legend says of `curves`.
  func entries(_ curves: [CurvePlot.Curve]) -> [LegendEntry] {
    let rest = values.count - shown.count
    let others: [LegendEntry] =
      rest == 0
      ? [] : [(.line(theme.spine.opacity(0.6), Stroke(1)), NumberText.count(rest, "better class", "better classes"))]
    return shown.map { curves[$0].entry } + others
  }

  func macro(_ points: [Point], _ value: Double) -> CurvePlot.Curve {
    CurvePlot.Curve(
      points: points, color: theme.text, stroke: Stroke(2.4, dashes: [7, 3]), name: entry(value, "macro average"))
  }

  func micro(_ points: [Point], _ value: Double) -> CurvePlot.Curve {
    CurvePlot.Curve(
      points: points, color: theme.secondary, stroke: Stroke(2.4, dashes: [2.4, 2.4]),
      name: entry(value, "micro average"))
  }
}

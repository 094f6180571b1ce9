/// A curve of ``CurveBands`` at its place in the plot.
struct BandCurve {
  /// A value of the curve at one position.
  struct Knot {
    var middle: Point
    var low: Point
    var high: Point
    var isShown: Bool
    var isFinite: Bool
  }

  let style: RunStyle
  private let plot: Plot
  /// The knots in ascending order.
  let knots: [Knot]
  /// The knots without gaps.
  private let stretches: [[Knot]]

  init(_ series: CurveBands.Series, _ style: RunStyle, _ plot: Plot, isStepped: Bool) {
    (self.style, self.plot) = (style, plot)
    let order = series.x.indices.filter { plot.x.scale.contains(series.x[$0]) }
    let isSorted = zip(order, order.dropFirst()).allSatisfy { series.x[$0] <= series.x[$1] }
    let sorted = isSorted ? order : order.sorted { (series.x[$0], $0) < (series.x[$1], $1) }
    knots = sorted.map { index in
      let (x, value) = (series.x[index], series.median[index])
      func place(_ y: Double) -> Point { plot.nearPlace(x, y.isNaN ? value : y) }
      return Knot(
        middle: place(value), low: place(series.low.isEmpty ? value : series.low[index]),
        high: place(series.high.isEmpty ? value : series.high[index]), isShown: plot.shows(value),
        isFinite: value.isFinite)
    }
    let parts = knots.split { !$0.isShown }.map(Array.init)
    stretches = isStepped ? parts.map(Self.steps) : parts
    hasBand = !series.low.isEmpty
  }

  private let hasBand: Bool

  /// Returns the knots with one more at the end of every step.
  private static func steps(_ knots: [Knot]) -> [Knot] {
    knots.indices.flatMap { index -> [Knot] in
      guard index > 0 else { return [knots[0]] }
      var end = knots[index - 1]
      let x = knots[index].middle.x
      (end.middle.x, end.low.x, end.high.x) = (x, x, x)
      return [end, knots[index]]
    }
  }

  /// The line in parts without gaps, simplified for the placement of labels.
  var outlines: [[Point]] { stretches.map { LossSeries.thinned($0.map(\.middle), to: 200) } }

  /// The end of the curve within the plot; not finite if nothing is shown.
  var end: Point {
    guard let last = stretches.last?.last?.middle else { return Point(.nan, .nan) }
    return Point(last.x, min(max(last.y, plot.area.y), plot.area.maxY))
  }

  func drawBand(on canvas: inout Canvas, opacity: Double) {
    guard hasBand else { return }
    for stretch in stretches {
      if stretch.count == 1, let only = stretch.first {
        canvas.stroke(.line(only.low, only.high), Stroke(6), style.color.opacity(opacity))
        continue
      }
      let (lows, highs) = (stretch.map(\.low), stretch.map(\.high))
      let count = 2 * canvas.pixelWidth
      canvas.fillBand(
        LossSeries.thinned(lows, to: count), LossSeries.thinned(highs, to: count), style.color, opacity: opacity)
    }
  }

  /// Whether the last value isn't finite.
  var isCut: Bool { knots.last?.isFinite == false }

  func drawLine(on canvas: inout Canvas) {
    canvas.clip = Rect(x: plot.area.x, y: plot.area.y - 2, width: plot.area.width + 2, height: plot.area.height + 4)
    for stretch in stretches where stretch.count > 1 {
      canvas.strokeCurve(stretch.map(\.middle), style, plot.theme)
    }
    canvas.clip = nil
  }

  /// Draws a mark at every point, or at the end and at points without neighbors.
  func drawMarks(on canvas: inout Canvas, all: Bool) {
    let alone = stretches.filter { $0.count == 1 }.joined()
    let shown = all ? knots.filter(\.isShown) : Array(alone.prefix(500)) + (stretches.last?.suffix(1) ?? [])
    for knot in shown where plot.area.inset(by: -1).contains(knot.middle) {
      canvas.mark(style.marker, at: knot.middle, radius: all ? 4 : 5, color: style.color, theme: plot.theme)
    }
  }
}

extension Plot {
  /// Returns the position of (x, y); what is far above or below the area is moved nearer.
  func nearPlace(_ x: Double, _ y: Double) -> Point {
    let fraction = y == .infinity ? 2 : y == -.infinity ? -1 : self.y.scale.fraction(y)
    return Point(place(x, self.y.scale.low).x, area.maxY - min(max(fraction, -1), 2) * area.height)
  }
}

/// Places at the upper edge for marks where curves aren't finite; those of several curves are below each other.
struct DivergenceMarks {
  /// A mark, and the line that leads to it from the last point of its curve.
  struct Mark {
    var place: Point
    var rise: [Point]?

    func draw(on canvas: inout Canvas, _ color: Color, _ theme: Theme) {
      if let rise { canvas.stroke(Path(rise), Stroke(1.2, cap: .round, dashes: [0.1, 4]), color) }
      canvas.markCut(at: place, theme, color: color, reach: 4.5)
    }
  }

  let plot: Plot
  private var taken: [Point] = []
  private static let distance = 13.0

  init(plot: Plot) { self.plot = plot }

  /// Returns the marks of all points of `curve` that aren't finite, or only of the first ones of each gap.
  mutating func place(for curve: BandCurve, all: Bool) -> [Mark] {
    let knots = curve.knots
    var marks: [Mark] = []
    for index in knots.indices where !knots[index].isFinite {
      let before = index > 0 ? knots[index - 1] : nil
      guard all || before?.isFinite != false, taken.count < 500 else { continue }
      var place = Point(knots[index].middle.x, plot.area.y)
      while taken.contains(where: { abs($0.x - place.x) < Self.distance && abs($0.y - place.y) < Self.distance }) {
        place.y += Self.distance
      }
      taken.append(place)
      let start = before.flatMap { $0.isShown && plot.area.contains($0.middle) ? $0.middle : nil }
      marks.append(Mark(place: place, rise: start.map { [$0, place] }))
    }
    return marks
  }
}

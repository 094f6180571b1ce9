/// The content of one strip of a loss curve.
struct LossStrip {
  /// A line through points (epoch, value).
  struct Line {
    var name: String
    var points: [(epoch: Double, value: Double)]
    var part: Part
  }

  enum Part { case training, validation, batches, other }

  var name: String
  var lines: [Line]
  var kind = Scale.Kind.linear
  var padding = 0.1
  var isLoss = false

  /// Creates the lines of a quantity on training and validation data.
  init(_ quantity: LossCurve.Quantity) {
    name = quantity.name
    lines = [("train", quantity.training, Part.training), ("validation", quantity.validation, .validation)]
      .filter { !$0.1.isEmpty }
      .map { name, values, part in
        Line(name: name, points: values.enumerated().map { (Double($0 + 1), $1) }, part: part)
      }
    // A logarithmic axis would hide the bounds of fractions.
    let isShare = name.contains("%") || finite.allSatisfy { $0 <= 1 }
    kind = isShare ? .linear : Self.kind(of: finite, over: 100)
  }

  /// Creates one line without a name; with `inSteps`, each value lasts for an epoch.
  init(_ name: String, _ values: [Double], inSteps: Bool, part: Part) {
    self.name = name
    let points = values.enumerated().flatMap { index, value in
      inSteps ? [(Double(index), value), (Double(index + 1), value)] : [(Double(index + 1), value)]
    }
    lines = [Line(name: "", points: points, part: part)]
    kind = Self.kind(of: values, over: inSteps ? 20 : 100)
  }

  var finite: [Double] { lines.flatMap { $0.points.map(\.value) }.filter(\.isFinite) }

  /// Returns logarithmic for positive values whose ratio exceeds `factor`.
  static func kind(of values: [Double], over factor: Double) -> Scale.Kind {
    let finite = values.lazy.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low > 0 else { return .linear }
    return high / low > factor ? .logarithmic : .linear
  }
}

/// The layout of a loss curve: stacked plots with a common epoch axis.
struct LossLayout {
  let strips: [LossStrip]
  private(set) var plots: [Plot] = []
  /// The left edge of the labels at the line ends.
  let keyX: Double

  private static let footer = 10.0
  private static let labelGap = 14.0
  /// The distance between strips, without and with a note above the lower one.
  private static let (stripGap, noteGap) = (14.0, 18.0)
  /// The share of the height that the first plot takes, by the number of strips below it.
  private static let shares = [1, 0.68, 0.56, 0.48]

  init(_ figure: LossCurve, _ finite: [Double], bounds: Rect) {
    let theme = figure.page.theme
    let loss = figure.lossStrip(finite)
    let metric = figure.metric.map(LossStrip.init)
    let below = [
      metric, LossStrip("learning rate", figure.learningRates, inSteps: true, part: .other),
      LossStrip("gradient norm", figure.gradientNorms, inSteps: false, part: .training),
    ].compactMap(\.self).filter { !$0.finite.isEmpty }
    // If there is little room, the loss has priority.
    strips = [loss] + below.prefix(max(Int(min(bounds.height, 1e6) / 110) - 1, 0))
    let quantities = [figure.loss, figure.metric].compactMap(\.self)
    let counts = quantities.flatMap { [$0.training.count, $0.validation.count] }
    let epochs = max((counts + [figure.learningRates.count, figure.gradientNorms.count]).max() ?? 1, 1)
    // With few epochs, the curve is inset so that no mark lies on the axis.
    let inset = figure.batchLosses.isEmpty && figure.learningRates.isEmpty && epochs <= 20 ? 0.5 : 0
    let span = Scale(from: inset, to: Double(epochs) + inset)
    let x = Axis(span, name: "epoch", ticks: Ticks(wholeNumbersOf: span))
    let names = strips.flatMap(\.lines).map { theme.label().width(of: $0.name) }.max() ?? 0
    let hasNames = bounds.width > 320 && figure.events.contains { !$0.name.isEmpty }
    let room = hasNames ? theme.tickSize * (figure.hasManyEvents ? 2.9 : 1.6) : figure.events.isEmpty ? 0 : 6
    let hasNote = Ticks(loss.scale).note != nil
    let upper = Plot.margins(x: x, y: Axis(loss.scale), theme: theme, labelsX: false)
    let top = figure.page.top(above: upper, hasNote: hasNote) + room
    let lower = Plot.margins(x: x, y: Axis(loss.scale), theme: theme)
    let bottom = max(bounds.height - Page.margin - Self.footer - lower.bottom, top + 1)
    let line = theme.tickSize * Typeface.capHeight
    // A note above a lower axis needs room below the ticks of the upper one.
    let gaps = strips.dropFirst().map { Ticks($0.scale).note == nil ? Self.stripGap + line : Self.noteGap + 2 * line }
    let heights = Self.heights(gaps: gaps, in: bottom - top)
    let axes = zip(strips, heights).map { strip, band in
      Axis(strip.scale, name: strip.name).fitted(to: band.height, vertical: true, theme: theme)
    }
    let left = axes.map { Plot.margins(x: x, y: $0, theme: theme).left }.max() ?? 0
    let right = bounds.width - Page.margin - max(names > 0 ? names + Self.labelGap : 0, lower.right)
    let width = max(right - left - Page.margin, 1)
    for (index, (axis, band)) in zip(axes, heights).enumerated() {
      let area = Rect(x: Page.margin + left, y: top + band.y, width: width, height: band.height)
      var plot = Plot(area: area, x: x.fitted(to: width, vertical: false, theme: theme), y: axis, theme: theme)
      plot.labelsX = index == strips.count - 1
      plot.left = left
      plots.append(plot)
    }
    keyX = right
  }

  /// Returns the heights: the first plot is the tallest, the others are equal.
  private static func heights(gaps: [Double], in height: Double) -> [(y: Double, height: Double)] {
    let share = shares[min(gaps.count, 3)]
    let room = max(height - gaps.reduce(0, +), 1)
    let rest = room * (1 - share) / Double(max(gaps.count, 1))
    var bands = [(y: 0.0, height: room * share)]
    for gap in gaps { bands.append((bands[bands.count - 1].y + bands[bands.count - 1].height + gap, rest)) }
    return bands
  }
}

extension LossStrip {
  var scale: Scale { .anchored(finite, kind, padding: padding) }
}

extension LossCurve {
  /// Whether the names of the events need two lines.
  fileprivate var hasManyEvents: Bool { events.count { !$0.name.isEmpty } > 2 }

  /// Returns the loss per epoch or the smoothed batch loss, together with the losses of all batches.
  fileprivate func lossStrip(_ finite: [Double]) -> LossStrip {
    var strip = LossStrip(loss)
    strip.isLoss = true
    strip.kind = scale == .linear ? .linear : LossStrip.kind(of: finite, over: scale == .logarithmic ? 0 : 100)
    strip.padding = max(loss.training.count, loss.validation.count) == 1 && batchLosses.isEmpty ? 0.5 : 0.06
    guard batchLosses.count > 1 else { return strip }
    let epochs = max(loss.training.count, loss.validation.count, 1)
    let step = Double(epochs) / Double(batchLosses.count)
    func points(_ values: [Double]) -> [(epoch: Double, value: Double)] {
      values.enumerated().map { (Double($0 + 1) * step, $1) }
    }
    if let smoothing, smoothing >= 0, smoothing < 1 {
      strip.lines.removeAll { $0.part == .training }
      let name = "train (β \(NumberText.digits(smoothing)))"
      strip.lines.insert(
        LossStrip.Line(name: name, points: points(Self.smoothed(batchLosses, smoothing)), part: .training), at: 0)
    }
    strip.lines.insert(LossStrip.Line(name: "", points: points(batchLosses), part: .batches), at: 0)
    return strip
  }

  /// Returns the bias-corrected moving average of `values` (D. Kingma and J. Ba, 2015); values that are not finite are
  /// kept.
  static func smoothed(_ values: [Double], _ beta: Double) -> [Double] {
    var (mean, weight) = (0.0, 0.0)
    return values.map { value in
      guard value.isFinite else { return value }
      mean = beta * mean + (1 - beta) * value
      weight = beta * weight + (1 - beta)
      return mean / weight
    }
  }
}

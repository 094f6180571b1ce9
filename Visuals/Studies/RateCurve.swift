import GliaCore

/// The loss of a learning rate range test (L. Smith, 2017): the learning rate rises from batch to batch, and a good one is
/// where the loss falls fastest.
///
/// ```swift
/// var figure = RateCurve(rates: rates, losses: losses)
/// figure.suggestion = 0.012
/// try figure.write(to: "rates.png")
/// ```
///
/// The faint line is the loss of each batch, the bold one its moving average with bias correction.
public struct RateCurve: Figure {
  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The learning rates in ascending order.
  public var rates: [Double]
  /// The loss at each rate.
  public var losses: [Double]
  /// The smoothing factor β, from 0 to below 1, as in ``LossCurve/smoothing``.
  public var smoothing = 0.9
  /// The suggested learning rate, marked with a line; `nil` for none.
  public var suggestion: Double?
  /// The name of the vertical axis.
  public var quantity = "loss"

  /// Creates the curve of `losses` at `rates`.
  public init(rates: [Double], losses: [Double]) { (self.rates, self.losses) = (rates, losses) }

  /// Draws both curves and the suggestion.
  ///
  /// The axis leaves out how the loss explodes at high rates. Throws an error when rates and losses differ in number, when
  /// no loss at a positive rate is finite, or when β is not from 0 to below 1.
  public func draw(on canvas: inout Canvas) throws {
    let smoothed = try checkedAverage()
    let theme = page.theme
    let kept = rates.indices.filter { rates[$0] > 0 && rates[$0].isFinite }
    let lines = references
    let plot = plot(kept, smoothed, canvas.bounds)
    plot.drawGridLines(on: &canvas)
    plot.draw(lines, avoiding: Obstacles(), on: &canvas)
    canvas.clip = Rect(x: plot.area.x, y: plot.area.y - 2, width: plot.area.width + 2, height: plot.area.height + 2)
    let raw = stretches(losses, kept, plot)
    for stretch in raw {
      canvas.stroke(
        Path(LossSeries.thinned(stretch, to: 2 * canvas.pixelWidth)), Stroke(0.8), theme.hue(0).opacity(0.35))
    }
    for stretch in stretches(smoothed, kept, plot) {
      let line = Path(LossSeries.thinned(stretch, to: 2 * canvas.pixelWidth))
      canvas.stroke(line, Stroke(4.6), theme.page.opacity(0.6))
      canvas.stroke(line, Stroke(2.4, cap: .round), theme.hue(0))
      if stretch.count == 1 { canvas.fill(.circle(stretch[0], radius: 3), theme.hue(0)) }
    }
    canvas.clip = nil
    plot.drawAxes(on: &canvas)
    drawSuggestion(smoothed, plot, on: &canvas)
    if let cut = kept.firstIndex(where: { !losses[$0].isFinite }) {
      canvas.markCut(at: Point(plot.place(rates[kept[cut]], plot.y.scale.low).x, plot.area.y), theme)
    }
    page.drawText(on: &canvas, left: plot.area.x, note: note)
  }

  private var references: [ReferenceLine] {
    suggestion.map { [ReferenceLine("suggestion \(NumberText.plain($0, digits: 2))", at: $0, .vertical)] } ?? []
  }

  /// Returns the plot of the losses with the indices `kept` on a page of the size `bounds`.
  func plot(_ kept: [Int], _ smoothed: [Double], _ bounds: Rect) -> Plot {
    let shown = kept.map { rates[$0] } + (suggestion.map { [$0] } ?? [])
    let x = Axis(.spanning(shown, .logarithmic, padding: 0.01), name: "learning rate")
    let y = Axis(Self.scale(kept.map { smoothed[$0] }, kept.map { losses[$0] }), name: quantity)
    return Plot(filling: page, bounds, x: x, y: y, above: Plot.room(above: references, theme: page.theme))
  }

  private func checkedAverage() throws -> [Double] {
    guard rates.count == losses.count else {
      throw GliaError(
        "\(losses.count) losses at \(rates.count) learning rates", at: "losses", expected: "one loss at each rate")
    }
    guard smoothing >= 0, smoothing < 1 else {
      throw GliaError("the smoothing factor is \(smoothing)", at: "smoothing", expected: "from 0 to below 1")
    }
    guard zip(rates, losses).contains(where: { $0 > 0 && $0.isFinite && $1.isFinite }) else {
      throw GliaError(
        losses.isEmpty
          ? "there are no losses to draw" : "none of the \(losses.count) losses is finite at a positive rate",
        at: "losses", expected: "a finite loss at a positive learning rate")
    }
    return LossCurve.smoothed(losses, smoothing)
  }

  /// Returns an axis from the lowest loss to somewhat above where the loss is before it falls.
  static func scale(_ smoothed: [Double], _ losses: [Double]) -> Scale {
    let finite = smoothed.filter(\.isFinite)
    guard let low = finite.min(), let place = finite.firstIndex(of: low) else { return .spanning(losses) }
    let before = finite[...place].max() ?? low
    let limit = before > low ? before + 0.6 * (before - low) : .infinity
    let shown = (finite + losses.filter(\.isFinite)).filter { $0 <= limit }
    let top = finite.contains { $0 > limit } ? [limit] : []
    return .spanning(shown + top, padding: 0.05)
  }

  private func stretches(_ values: [Double], _ kept: [Int], _ plot: Plot) -> [[Point]] {
    kept.split { !values[$0].isFinite }.map { part in part.map { plot.nearPlace(rates[$0], values[$0]) } }
  }

  /// Marks the point of the curve at the suggestion, between the two nearest rates.
  private func drawSuggestion(_ smoothed: [Double], _ plot: Plot, on canvas: inout Canvas) {
    guard let suggestion, suggestion > 0 else { return }
    let shown = rates.indices.filter { rates[$0] > 0 && smoothed[$0].isFinite }
    guard let before = shown.last(where: { rates[$0] <= suggestion }),
      let after = shown.first(where: { rates[$0] >= suggestion })
    else { return }
    let (start, end) = (plot.nearPlace(rates[before], smoothed[before]), plot.nearPlace(rates[after], smoothed[after]))
    let x = plot.place(suggestion, plot.y.scale.low).x
    let t = end.x > start.x ? (x - start.x) / (end.x - start.x) : 0
    let place = Point(x, start.y + (end.y - start.y) * t)
    guard plot.area.contains(place) else { return }
    canvas.mark(.circle, at: place, radius: 5, color: page.theme.counterpart, theme: page.theme)
  }

  private var note: String {
    let broken = losses.count { !$0.isFinite }
    let beta = smoothing > 0 ? "bold: moving average, β \(NumberText.digits(smoothing))" : ""
    return [beta, broken > 0 ? "\(NumberText.count(broken, "loss", "losses")) not finite" : ""]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

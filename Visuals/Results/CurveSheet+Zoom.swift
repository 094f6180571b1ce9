extension CurvePlot {
  /// Draws the upper left corner, where the curves of good classifiers crowd, larger below the diagonal, unless a curve
  /// runs there.
  func drawZoom(on canvas: inout Canvas, _ plot: Plot) {
    let theme = page.theme
    let (start, end) = (plot.place(0.58, 0.5), plot.place(1, 0.08))
    let area = Rect(x: start.x, y: start.y, width: end.x - start.x, height: end.y - start.y)
    let room = Rect(x: plot.place(0.5, 0).x, y: area.y, width: plot.area.maxX, height: plot.area.maxY - area.y)
    guard area.width > 100, !curves.contains(where: { placed($0, plot, thinned: 2).contains(where: room.contains) })
    else { return }
    let margin = 0.03 * zoom
    func axis(_ low: Double) -> Axis {
      let values = [low, low + zoom / 2, low + zoom]
      let decimals = zoom < 0.2 ? 2 : 1
      let labels = values.map { NumberText.fixed($0, decimals: $0 == $0.rounded() ? 0 : decimals) }
      return Axis(Scale(from: low - margin, to: low + zoom + margin), ticks: Ticks(values: values, labels: labels))
    }
    let inset = Plot(area: area, x: axis(0), y: axis(1 - zoom), theme: theme)
    let frame = Path([(0, 1 - zoom), (zoom, 1 - zoom), (zoom, 1), (0, 1)].map { plot.place($0.0, $0.1) }, closed: true)
    canvas.stroke(frame, Stroke(1), theme.spine)
    canvas.stroke(.line(plot.place(zoom, 1 - zoom), Point(area.x, area.y)), Stroke(0.8, dashes: [2, 3]), theme.spine)
    // The lines behind the data end left of it, as the little that is right of it would look like marks.
    canvas.fill(
      .rectangle(Rect(x: area.x, y: area.y, width: plot.area.maxX + 1 - area.x, height: area.height)), theme.page)
    inset.drawGridLines(on: &canvas)
    canvas.clip = area
    drawCurves(on: &canvas, inset)
    canvas.clip = nil
    inset.drawAxes(on: &canvas)
  }
}

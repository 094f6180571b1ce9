/// Draws the lines and axes of ``ParallelCoordinates``.
struct ParallelDrawing {
  let layout: ParallelLayout
  let columns: [SettingAxis]
  let scale: ObjectiveScale
  /// The trials from back to front.
  let order: [Int]
  private let objective: [Double]
  /// The height of every trial on every axis.
  private let heights: [[Double]]

  private var theme: Theme { layout.theme }
  /// The share of its lane over which the lines of a category spread.
  private static let spread = 0.56

  init(layout: ParallelLayout, columns: [SettingAxis], objective: [Double], scale: ObjectiveScale, order: [Int]) {
    (self.layout, self.columns, self.objective) = (layout, columns, objective)
    (self.scale, self.order) = (scale, order)
    heights =
      columns.enumerated().map { index, column in
        column.isCategory
          ? Self.spread(column, order, index, layout, up: scale.isMaximized)
          : column.places.map { layout.height(index, $0) }
      } + [objective.map { layout.height(columns.count, $0.isFinite ? $0 : nil) }]
  }

  /// Returns the heights of trials with categories, which spread within the lane of their category by their objective,
  /// the best ones at its upper end if `up` is true.
  private static func spread(
    _ column: SettingAxis, _ order: [Int], _ index: Int, _ layout: ParallelLayout, up: Bool
  ) -> [Double] {
    var heights = column.places.map { layout.height(index, $0) }
    let lane = layout.area.height / Double(column.categories.count) * spread
    var members: [Int: [Int]] = [:]
    for trial in order { if let place = column.places[trial] { members[Int(place), default: []].append(trial) } }
    for trials in members.values where trials.count > 1 {
      let step = min(lane / Double(trials.count - 1), 6)
      for (rank, trial) in trials.enumerated() {
        heights[trial] += (Double(rank) - Double(trials.count - 1) / 2) * (up ? -step : step)
      }
    }
    return heights
  }

  private func line(_ trial: Int) -> [Point] {
    zip(layout.places, heights).map { Point($0, $1[trial]) }
  }

  private func color(_ trial: Int) -> Color { theme.ramp(at: 0.06 + 0.94 * scale.merit(objective[trial])) }

  /// Draws all lines but the best, those of good trials over others.
  func drawLines(on canvas: inout Canvas) {
    let count = Double(order.count)
    let crowd = min(max((60 / max(count, 1)).squareRoot(), 0.3), 1)
    let gray = theme.spine.mixed(with: theme.page, 0.55)
    for trial in order.dropLast() {
      let isFailed = !objective[trial].isFinite
      let merit = isFailed ? 0 : scale.merit(objective[trial])
      let opacity = isFailed ? 0.7 * crowd : min(crowd * (0.75 + 0.25 * merit), 1)
      let stroke = Stroke(isFailed ? 0.9 : 1.1 + 0.4 * merit * crowd)
      canvas.stroke(Path(line(trial)), stroke, (isFailed ? gray : color(trial)).opacity(opacity))
    }
  }

  /// The places of the best trial on the axes.
  private var best: [Point] { order.last.map(line) ?? [] }

  /// Draws the line of the best trial.
  func drawBest(on canvas: inout Canvas) {
    let points = best
    canvas.stroke(Path(points), Stroke(6), theme.page.opacity(0.85))
    canvas.stroke(Path(points), Stroke(3, cap: .round), theme.counterpart)
  }

  /// Draws the places of the best trial over the axes.
  func drawBestDots(on canvas: inout Canvas) {
    let points = best
    for point in points.dropLast() {
      canvas.mark(.circle, at: point, radius: 4, color: theme.counterpart, theme: theme)
    }
    guard let end = points.last else { return }
    canvas.mark(.star, at: end, radius: 6.5, color: theme.highlight, theme: theme)
  }

  func drawAxes(on canvas: inout Canvas, hasFailed: Bool) {
    for index in layout.axes.indices {
      let isLast = index == layout.axes.count - 1
      drawName(index, on: &canvas)
      if isLast { drawStrip(on: &canvas) } else { drawAxis(index, on: &canvas) }
      let hasGap = isLast ? hasFailed : columns[index].places.contains(nil)
      guard hasGap else { continue }
      let side = isLast ? ParallelLayout.labelGap : -ParallelLayout.labelGap
      write(isLast ? "failed" : "—", index, layout.gapY, at: side, on: &canvas)
    }
  }

  private func drawName(_ index: Int, on canvas: inout Canvas) {
    let lines = layout.names[index]
    let leading = theme.labelSize * 1.3
    let weight = index == layout.axes.count - 1 ? Typeface.Weight.bold : .regular
    let style = Canvas.TextStyle(layout.nameSize, weight: weight, color: theme.text)
    let half = (lines.map { style.width(of: $0) }.max() ?? 0) / 2
    let low = Page.margin + half
    let center = max(min(layout.places[index], canvas.bounds.width - low), low)
    for (row, text) in lines.reversed().enumerated() {
      let at = Point(center, layout.area.y - 10 - Double(row) * leading)
      canvas.write(text, at: at, style, align: .middle)
    }
  }

  private func drawAxis(_ index: Int, on canvas: inout Canvas) {
    let x = canvas.crisp(layout.places[index], width: 1.4)
    let (axis, area) = (layout.axes[index], layout.area)
    if columns[index].isCategory {
      let half = area.height / Double(columns[index].categories.count) * min(Self.spread + 0.16, 1) / 2
      for value in axis.ticks.values {
        let y = layout.height(index, value)
        canvas.stroke(.line(Point(x, y - half), Point(x, y + half)), Stroke(1.4), theme.text)
      }
    } else {
      canvas.stroke(.line(Point(x, area.y), Point(x, area.maxY)), Stroke(1.4), theme.text)
      for (values, length) in [(axis.ticks.minor, 2.5), (axis.ticks.values, Plot.tickLength)] {
        for value in values {
          let y = canvas.crisp(layout.height(index, value), width: 1)
          canvas.stroke(.line(Point(x - length, y), Point(x, y)), Stroke(1), theme.text)
        }
      }
    }
    drawLabels(index, at: -ParallelLayout.labelGap, on: &canvas)
  }

  /// Draws the axis of the objective as a strip of its colors.
  private func drawStrip(on canvas: inout Canvas) {
    let index = layout.axes.count - 1
    let width = ColorBar.thickness * 0.75
    let strip = Rect(
      x: layout.places[index] - width / 2, y: layout.area.y, width: width, height: layout.area.height)
    canvas.paint(strip) { _, v in theme.ramp(at: 0.06 + 0.94 * (scale.isMaximized ? 1 - v : v)) }
    canvas.stroke(.rectangle(strip), Stroke(1 / canvas.scale, join: .miter), theme.spine)
    for value in layout.axes[index].ticks.values {
      let y = canvas.crisp(layout.height(index, value), width: 1)
      canvas.stroke(.line(Point(strip.maxX, y), Point(strip.maxX + 4, y)), Stroke(1), theme.text)
    }
    drawLabels(index, at: width / 2 + ParallelLayout.labelGap - 2, on: &canvas)
  }

  /// Writes the labels of an axis, as many as fit, to its left or right.
  private func drawLabels(_ index: Int, at offset: Double, on canvas: inout Canvas) {
    let ticks = layout.axes[index].ticks
    var last = Double.infinity
    for (value, label) in zip(ticks.values, ticks.labels) {
      let y = layout.height(index, value)
      guard last - y >= theme.tickSize * 1.15 else { continue }
      last = y
      write(label, index, y, at: offset, on: &canvas)
    }
    guard let note = ticks.note else { return }
    write(note, index, layout.area.maxY + theme.tickSize, at: offset, on: &canvas)
  }

  private func write(_ label: String, _ index: Int, _ y: Double, at offset: Double, on canvas: inout Canvas) {
    let text = Typeface.fitted(label, to: layout.labelWidth(index), size: theme.tickSize)
    let width = theme.tick().width(of: text)
    let x = layout.places[index] + offset
    let plate = Rect(
      x: (offset < 0 ? x - width : x) - 2, y: y - theme.tickSize * 0.58, width: width + 4, height: theme.tickSize * 1.16
    )
    canvas.fill(.rectangle(plate, rounded: 3), theme.page.opacity(0.8))
    canvas.write(text, at: Point(x, y), theme.tick(), align: offset < 0 ? .end : .start, centered: true)
  }
}

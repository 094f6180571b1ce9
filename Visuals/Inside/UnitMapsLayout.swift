import GliaCore

/// The layout of ``UnitMaps``: a block of rows per layer, as large as the page allows.
struct UnitMapsLayout {
  /// The areas of the maps of each layer.
  let maps: [[Rect]]
  /// The areas of the color bars.
  let bars: [Rect]
  /// The left edge of the title.
  let left: Double
  private let key: UnitKey
  private let keyArea: Rect
  private let headingWidth: Double
  private let theme: Theme

  private static let gap = 7.0
  private static let barGap = 14.0
  private static let footer = 10.0
  private static let blockGap = 10.0
  private static let largest = 240.0
  private static let smallest = 8.0

  init(_ figure: UnitMaps, units: [Int], bounds: Rect, x: Scale, y: Scale) throws {
    theme = figure.page.theme
    let style = (theme.label(), theme.minor(), theme.tick())
    let texts = figure.layers.flatMap { [style.0.width(of: $0.name), style.1.width(of: $0.detail)] }
    headingWidth = min(texts.max() ?? 0, 130)
    let margins = Plot.margins(
      x: Self.axis(x, figure.axes.0, room: Self.largest, theme),
      y: Self.axis(y, figure.axes.1, room: Self.largest, theme), theme: theme)
    let beside = headingWidth + margins.left + 10
    let barWidth = ColorBar.thickness + Plot.tickLength + 4 + style.2.width(of: "−0.00")
    let keyWidth = bounds.width - 2 * Page.margin - beside
    key = UnitKey(figure.entries, width: keyWidth, height: max(bounds.height / 7, theme.labelSize * 1.8), theme)
    let keyHeight = max(key.legend.rowHeight(within: keyWidth), theme.labelSize * 1.8)
    let top = Page.margin + figure.page.headerHeight
    let bottom = bounds.height - Page.margin - Self.footer - keyHeight
    let rows = Rows(
      units: units, width: bounds.width - 2 * Page.margin - beside - Self.barGap - barWidth,
      height: bottom - top - margins.bottom, caption: theme.tickSize * 1.3)
    guard rows.sides.allSatisfy({ $0 >= Self.smallest }) else {
      throw GliaError(
        "\(units.reduce(0, +)) units do not fit on a page of \(figure.page.width) × \(figure.page.height) pixels",
        at: "layers", expected: "room for maps of \(Int(Self.smallest)) units a side",
        remedy: "make the page larger, its scale smaller, or draw fewer units of a layer with mostUnits")
    }
    let used = beside + rows.usedWidth + Self.barGap + barWidth
    left = max((bounds.width - used) / 2, Page.margin)
    maps = rows.places(from: Point(left + beside, top))
    let barLeft = left + beside + rows.usedWidth + Self.barGap
    bars = maps.map { Rect(x: barLeft, y: $0[0].y, width: barWidth, height: $0[0].height) }
    let end = (maps.last?.last?.maxY ?? bottom) + margins.bottom + 8
    // The legend is aligned with the maps, unless it needs the full width of the page.
    let narrow = bounds.width - left - beside - Page.margin
    let hasRoom = key.legend.rowHeight(within: narrow) <= keyHeight
    keyArea = Rect(
      x: hasRoom ? left + beside : Page.margin + beside, y: min(end, bottom), width: hasRoom ? narrow : keyWidth,
      height: keyHeight)
  }

  /// The number of columns, and the size of the maps of each layer.
  private struct Rows {
    let units: [Int]
    let caption: Double
    let columns: Int
    private(set) var sides: [Double] = []

    /// Finds the largest maps: first with one size for all, then larger ones for layers with few units.
    init(units: [Int], width: Double, height: Double, caption: Double) {
      (self.units, self.caption) = (units, caption)
      func across(_ columns: Int) -> Double { (width - Double(columns - 1) * gap) / Double(columns) }
      func rows(_ columns: Int) -> Double { Double(units.reduce(0) { $0 + ($1 + columns - 1) / columns }) }
      let spare = Double(units.count - 1) * blockGap
      let sizes = (1...min(units.max() ?? 1, 1000)).map { columns in
        (columns: columns, side: min(across(columns), (height - spare) / rows(columns) - caption - gap))
      }
      let largest = sizes.map(\.side).max() ?? 0
      // Fewer incomplete rows are easier to read than slightly larger maps.
      func gaps(_ columns: Int) -> Int {
        units.reduce(0) { $0 + ($1 > columns ? (columns - $1 % columns) % columns : 0) }
      }
      let columns =
        sizes.filter { $0.side >= largest * 0.72 }.min {
          (gaps($0.columns), -$0.columns) < (gaps($1.columns), -$1.columns)
        }?
        .columns ?? 1
      self.columns = columns
      let limits = units.map { min(across(min($0, columns)), UnitMapsLayout.largest) }
      var (low, high) = (0.0, UnitMapsLayout.largest)
      for _ in 0..<40 {
        let middle = (low + high) / 2
        sides = limits.map { min($0, middle) }
        if self.height > height { high = middle } else { low = middle }
      }
      sides = limits.map { min($0, low) }
    }

    private func rowCount(_ units: Int) -> Double { Double((units + columns - 1) / columns) }

    private var height: Double {
      zip(units, sides).reduce(Double(units.count - 1) * blockGap) { sum, layer in
        let count = rowCount(layer.0)
        return sum + count * (layer.1 + caption) + (count - 1) * (gap - 2)
      }
    }

    var usedWidth: Double {
      zip(units, sides).map { Double(min($0, columns)) * ($1 + gap) - gap }.max() ?? 0
    }

    func places(from corner: Point) -> [[Rect]] {
      var top = corner.y
      return zip(units, sides).map { count, side in
        let rects = (0..<count).map { index in
          Rect(
            x: corner.x + Double(index % columns) * (side + gap),
            y: top + caption + Double(index / columns) * (side + caption + gap - 2), width: side, height: side)
        }
        top = (rects.last?.maxY ?? top) + blockGap
        return rects
      }
    }
  }

  /// Returns an axis with the factor of its labels after its name, as the space above it is taken by captions.
  static func axis(_ scale: Scale, _ name: String, room: Double, _ theme: Theme) -> Axis {
    var axis = Axis(scale, name: name, ticks: Ticks(scale, fitting: room, theme))
    guard let note = axis.ticks.note else { return axis }
    let factor = name.isEmpty ? "(\(note))" : " (\(note))"
    let rest = room - theme.label().width(of: factor)
    axis.name = Typeface.fitted(name, to: max(rest, 1), size: theme.labelSize) + factor
    axis.ticks.note = nil
    return axis
  }

  /// Draws the axes of the plane once, at the first map in the last row of the last layer.
  func drawAxes(on canvas: inout Canvas, _ x: Scale, _ y: Scale, names: (String, String)) {
    guard let last = maps.last, let end = last.last, let area = last.first(where: { $0.y == end.y }) else { return }
    let (across, up) = (
      Self.axis(x, names.0, room: area.width, theme), Self.axis(y, names.1, room: area.height, theme)
    )
    Plot(area: area, x: across, y: up, theme: theme).drawAxes(on: &canvas)
  }

  func drawHeading(_ layer: LayerSummary, skipped: Int, beside first: Rect, on canvas: inout Canvas) {
    var y = first.y + theme.labelSize * 0.8
    let rest = skipped > 0 ? "\(skipped) not shown" : ""
    for (text, style) in [(layer.name, theme.label()), (layer.detail, theme.minor()), (rest, theme.note())] {
      canvas.write(Typeface.fitted(text, to: headingWidth, size: style.size), at: Point(left, y), style)
      y += theme.labelSize * 1.4
    }
  }

  func drawCaption(_ name: String, isSilent: Bool, over area: Rect, on canvas: inout Canvas) {
    var style = theme.note()
    if isSilent { style.color = theme.alarm }
    let text = Typeface.fitted(isSilent ? "\(name) dead" : name, to: area.width, size: style.size)
    canvas.write(text, at: Point(area.x, area.y - theme.tickSize * 0.3), style)
  }

  func drawKey(on canvas: inout Canvas) { key.legend.drawRow(on: &canvas, in: keyArea) }
}

/// The legend of ``UnitMaps`` on as many lines as the page can spare: as many classes as fit, and the threshold.
struct UnitKey {
  let legend: Legend

  init(_ entries: (classes: [LegendEntry], rest: [LegendEntry]), width: Double, height: Double, _ theme: Theme) {
    func legend(_ count: Int) -> Legend {
      let left = entries.classes.count - count
      let more: [LegendEntry] = left > 0 ? [(.heading, "and \(NumberText.grouped(left)) more")] : []
      return Legend(entries: entries.classes.prefix(count) + more + entries.rest, theme: theme)
    }
    let most = min(entries.classes.count, 100)
    let count = (0...most).last { legend($0).rowHeight(within: width) <= height } ?? 0
    self.legend = legend(count)
  }
}

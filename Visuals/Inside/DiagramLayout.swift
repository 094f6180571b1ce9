import GliaCore

/// The layout of the units of a ``NetworkDiagram``.
struct DiagramLayout {
  /// The units of a layer in a column.
  struct Column {
    /// The indices of the drawn units.
    var units: [Int]
    /// The centers of the units.
    var places: [Point]
    /// The diameter of a disc or the side of a map.
    var side: Double
    /// The distance between units.
    var pitch: Double
    /// Whether the units are maps.
    var hasMaps: Bool
    /// The position of the ellipsis for units that are not drawn.
    var ellipsis: Point?
    /// The maximum width of the text above the column.
    var room: Double

    var x: Double { places.first?.x ?? 0 }
    var areas: [Rect] {
      places.map { Rect(x: $0.x - side / 2, y: $0.y - side / 2, width: side, height: side) }
    }
  }

  let columns: [Column]
  /// The baseline of the names of the layers.
  let headings: Double
  /// The maximum width of the names of inputs and outputs.
  let nameWidth: Double
  /// The area of the legend of colors and widths.
  let key: Rect

  private static let footer = 10.0
  private static let keyGap = 14.0
  /// The height of the text above the columns, in units of the label size.
  private static let headingLines = 2.9
  private static let largestDisc = 26.0
  private static let largestMap = 64.0
  /// The maximum side of the map of a single output.
  private static let largestOutput = 150.0
  private static let smallestPitch = 5.0
  private static let smallestMap = 8.0
  private static let smallestGap = 12.0
  /// The height of the ellipsis.
  private static let ellipsis = 40.0

  init(_ figure: NetworkDiagram, bounds: Rect) throws {
    let theme = figure.page.theme
    let layers = figure.layers
    let nameWidth = min(120, bounds.width * 0.15)
    self.nameWidth = nameWidth
    let widest = [layers[0], layers[layers.count - 1]].map { layer in
      min(layer.unitNames.map { theme.label().width(of: $0) + 10 }.max() ?? 0, nameWidth + 10)
    }
    let top = Page.margin + figure.page.headerHeight
    headings = top + theme.labelSize * 0.9
    let keyHeight = DiagramKey.height(theme)
    key = Rect(
      x: Page.margin, y: bounds.height - Page.margin - Self.footer - keyHeight, width: bounds.width - 2 * Page.margin,
      height: keyHeight)
    let area = Rect(
      x: Page.margin + widest[0], y: top + theme.labelSize * Self.headingLines,
      width: bounds.width - 2 * Page.margin - widest[0] - widest[1],
      height: key.y - Self.keyGap - top - theme.labelSize * Self.headingLines)
    let widestUnit = area.width / Double(layers.count) * 0.62
    var columns = layers.enumerated().map { index, layer in
      let isLast = index == layers.count - 1
      let hasMaps = figure.maps != nil && (index > 0 || layer.units == 2)
      let largest: Double =
        !hasMaps ? Self.largestDisc : isLast && layer.units == 1 ? Self.largestOutput : Self.largestMap
      return Self.column(
        layer.units, most: figure.mostUnits, height: area.height, largest: min(largest, widestUnit), hasMaps: hasMaps)
    }
    let used = columns.reduce(0) { $0 + $1.side }
    let gap = (area.width - used) / Double(columns.count - 1)
    guard gap >= Self.smallestGap, columns.allSatisfy({ !$0.units.isEmpty }) else {
      throw GliaError(
        "\(layers.count) layers of up to \(layers.map(\.units).max() ?? 0) units do not fit on a page of "
          + "\(figure.page.width) × \(figure.page.height) pixels",
        at: "layers", expected: "room for units and the links between them",
        remedy: "make the page larger, or its scale smaller")
    }
    var x = area.x
    for index in columns.indices {
      columns[index].move(to: Point(x + columns[index].side / 2, area.center.y))
      columns[index].room = columns[index].side + gap - 8
      x += columns[index].side + gap
    }
    self.columns = columns
  }

  /// Returns the units of one layer around the origin; empty if they don't fit.
  private static func column(_ units: Int, most: Int, height: Double, largest: Double, hasMaps: Bool) -> Column {
    var column = Column(units: [], places: [], side: 0, pitch: 0, hasMaps: hasMaps, room: 0)
    let isWhole = units <= max(most, 2) && height / Double(units) >= smallestPitch
    let room = isWhole ? height : height - ellipsis
    let count = isWhole ? units : min(min(16, max(most, 2)) / 2, Int(max(room, 0) / smallestPitch) / 2) * 2
    guard count > 0 else { return column }
    column.units = isWhole ? Array(0..<units) : Array(0..<count / 2) + Array(units - count / 2..<units)
    column.pitch = min(room / Double(count), largest * 1.7)
    column.side = min(column.pitch * 0.8, largest)
    if hasMaps, column.side < smallestMap { column.hasMaps = false }
    let shift = isWhole ? 0 : ellipsis
    column.places = (0..<count).map { index in
      let y = (Double(index) - Double(count - 1) / 2) * column.pitch
      return Point(0, y + (index < count / 2 ? -shift : shift) / 2)
    }
    column.ellipsis = isWhole ? nil : Point(0, 0)
    return column
  }
}

extension DiagramLayout.Column {
  fileprivate mutating func move(to middle: Point) {
    places = places.map { $0 + middle }
    ellipsis = ellipsis.map { $0 + middle }
  }
}

/// What every figure has: its size, its look, its words.
public struct Page: Hashable, Sendable {
  /// Where a figure tells what its signs and colors mean.
  public enum LegendPlace: Hashable, Sendable {
    /// Beside the plot.
    case beside
    /// Within the plot, in the corner where it hides least of the data; color bars stay beside.
    case inside
    /// Nowhere, as in a figure that shares its legend with others.
    case nowhere
  }

  /// The width in pixels.
  public var width = 1280
  /// The height in pixels.
  public var height = 960
  /// Pixels in one unit of text and line sizes; larger makes all signs larger. ``resize(width:height:)`` changes it with the size.
  public var scale = 1.6
  /// Colors and sizes.
  public var theme = Theme.light
  /// Whether the paper is left out, so that what lies under the picture shines through.
  public var isTransparent = false
  /// The first line, bold; none if empty.
  public var title = ""
  /// The second line, gray; none if empty.
  public var subtitle = ""
  /// Where the legend stands in figures that have a choice: decision boundaries, surfaces and fits.
  public var legend = LegendPlace.beside
  /// What the PNG file says about the figure, beside its title.
  public var text: [PNG.Text] = []

  /// A page of 1280 × 960 pixels without words.
  public init() {}

  /// Makes the page larger or smaller with all that is on it; a side that is not given keeps the proportion.
  ///
  /// ``width``, ``height`` and ``scale`` alone change only themselves: more pixels at one scale are more room, not larger signs.
  public mutating func resize(width newWidth: Int? = nil, height newHeight: Int? = nil) {
    let (old, tall) = (Double(max(width, 1)), Double(max(height, 1)))
    let wide = newWidth.map(Double.init) ?? newHeight.map { Double($0) * old / tall } ?? old
    let high = newHeight.map(Double.init) ?? wide * tall / old
    scale *= min(wide / old, high / tall)
    (width, height) = (Int(exactly: wide.rounded()) ?? .max, Int(exactly: high.rounded()) ?? .max)
  }

  private typealias TitleLine = (words: String, style: Canvas.TextStyle, height: Double)

  static let margin = 16.0

  /// The height that title and subtitle take.
  var headerHeight: Double {
    let title = title.isEmpty ? 0 : theme.titleSize * 1.3 * Double(titleLines.count)
    let subtitle = subtitle.isEmpty ? 0 : theme.labelSize * 1.55
    return title + subtitle + (title + subtitle > 0 ? 10 : 0)
  }

  /// The title on one line, or on two of like length where it is too long for the page.
  private var titleLines: [String] {
    let style = theme.title()
    let room = (Double(width) / scale - 2 * Self.margin) * 0.86
    // Far longer titles fit no better on two lines.
    guard title.count < 500, style.width(of: title) > room else { return [title] }
    let breaks = title.indices.filter { title[$0] == " " }.map { place in
      (String(title[..<place]), String(title[place...].dropFirst()))
    }
    func longer(_ lines: (String, String)) -> Double { max(style.width(of: lines.0), style.width(of: lines.1)) }
    guard let lines = breaks.min(by: { longer($0) < longer($1) }) else { return [title] }
    return [lines.0, lines.1]
  }

  /// Where a plot with these margins begins below the words; a note above its axis keeps its own line.
  func top(above margins: Plot.Margins, hasNote: Bool) -> Double {
    Self.margin + headerHeight + (hasNote || headerHeight == 0 ? margins.top : 0)
  }

  /// How far a drawing that leaves `rest` of the page's height below it moves down: to the middle of its room, where the page
  /// is clearly taller than it needs.
  func drop(_ rest: Double, on bounds: Rect) -> Double { rest > 0.12 * bounds.height ? rest / 2 : 0 }

  /// Writes the title and subtitle, both beginning above `left` unless one is too wide for it, and `note` at the lower right.
  func drawText(on canvas: inout Canvas, left: Double, note: String = "") {
    let width = canvas.bounds.width - 2 * Self.margin
    func fitted(_ words: String, _ style: Canvas.TextStyle, _ height: Double) -> TitleLine? {
      guard !words.isEmpty else { return nil }
      var style = style
      let natural = style.width(of: words)
      if natural > width { style.size *= max(width / natural, 0.75) }
      return (Typeface.fitted(words, to: width, size: style.size, weight: style.weight), style, height)
    }
    let lines =
      titleLines.compactMap { fitted($0, theme.title(), theme.titleSize * 1.3) }
      + [fitted(subtitle, theme.minor(), theme.labelSize * 1.55)].compactMap(\.self)
    let widest = lines.map { $0.style.width(of: $0.words) }.max() ?? 0
    let x = max(min(left, Self.margin + width - widest), Self.margin)
    var y = Self.margin
    for line in lines {
      canvas.write(line.words, at: Point(x, y + line.style.size * 0.85), line.style)
      y += line.height
    }
    let shown = Typeface.fitted(note, to: width, size: theme.tickSize)
    let corner = Point(canvas.bounds.width - Self.margin, canvas.bounds.height - 8)
    canvas.write(shown, at: corner, theme.note(), align: .end)
  }
}

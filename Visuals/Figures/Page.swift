/// The size, theme, and text of a figure.
public struct Page: Hashable, Sendable {
  /// The position of the legend.
  public enum LegendPosition: Hashable, Sendable {
    /// At the side of the plot.
    case outside
    /// Inside the plot, where it hides as little data as possible; color bars stay at the side.
    case inside
    /// No legend, such as in a figure that shares its legend with others.
    case hidden
  }

  /// The width in pixels.
  public var width = 1280
  /// The height in pixels.
  public var height = 960
  /// The number of pixels per unit of text and line sizes; a larger scale makes text and marks larger.
  /// ``resize(width:height:)`` changes it together with the size.
  public var scale = 1.6
  /// The colors and text sizes.
  public var theme = Theme.light
  /// Whether the background is transparent.
  public var isTransparent = false
  /// The title, in bold; nothing is drawn if empty.
  public var title = ""
  /// The subtitle, in gray; nothing is drawn if empty.
  public var subtitle = ""
  /// The position of the legend in figures that support it: decision boundaries, surfaces, and fits.
  public var legend = LegendPosition.outside
  /// The text entries of the PNG file, in addition to the title.
  public var text: [PNG.Text] = []

  /// Creates a page of 1280 × 960 pixels without text.
  public init() {}

  /// Resizes the page together with its content; if one side is omitted, the aspect ratio is kept.
  ///
  /// Setting ``width``, ``height``, or ``scale`` changes nothing else: more pixels at the same scale mean more room,
  /// not larger text.
  public mutating func resize(width newWidth: Int? = nil, height newHeight: Int? = nil) {
    let (old, tall) = (Double(max(width, 1)), Double(max(height, 1)))
    let wide = newWidth.map(Double.init) ?? newHeight.map { Double($0) * old / tall } ?? old
    let high = newHeight.map(Double.init) ?? wide * tall / old
    scale *= min(wide / old, high / tall)
    (width, height) = (Int(exactly: wide.rounded()) ?? .max, Int(exactly: high.rounded()) ?? .max)
  }

  private typealias TitleLine = (text: String, style: Canvas.TextStyle, height: Double)

  static let margin = 16.0
  /// The height below the content for the note.
  static let noteHeight = 8.0
  /// The distance between a plot and the legend or color bar at its side.
  static let sideGap = 22.0

  /// The height of title and subtitle.
  var headerHeight: Double {
    let title = title.isEmpty ? 0 : theme.titleSize * 1.3 * Double(titleLines.count)
    let subtitle = subtitle.isEmpty ? 0 : theme.labelSize * 1.55
    return title + subtitle + (title + subtitle > 0 ? 10 : 0)
  }

  /// The title on one line, or on two lines of similar length if it is too long for the page.
  private var titleLines: [String] {
    let style = theme.title()
    let room = (Double(width) / scale - 2 * Self.margin) * 0.86
    // Much longer titles don't fit on two lines either.
    guard title.count < 500, style.width(of: title) > room else { return [title] }
    let breaks = title.indices.filter { title[$0] == " " }.map { place in
      (String(title[..<place]), String(title[place...].dropFirst()))
    }
    func longer(_ lines: (String, String)) -> Double { max(style.width(of: lines.0), style.width(of: lines.1)) }
    guard let lines = breaks.min(by: { longer($0) < longer($1) }) else { return [title] }
    return [lines.0, lines.1]
  }

  /// Returns the top of a plot with these margins below the title; a note above its axis needs its own line.
  func top(above margins: Plot.Margins, hasNote: Bool) -> Double {
    Self.margin + headerHeight + (hasNote || headerHeight == 0 ? margins.top : 0)
  }

  /// Returns how far a drawing moves down to be centered if it leaves `rest` of the page's height free, when that is a
  /// significant part.
  func drop(_ rest: Double, on bounds: Rect) -> Double { rest > 0.12 * bounds.height ? rest / 2 : 0 }

  /// Writes the title and subtitle, aligned with `left` unless they are too wide, and `note` at the lower right.
  func drawText(on canvas: inout Canvas, left: Double, note: String = "") {
    let width = canvas.bounds.width - 2 * Self.margin
    func fitted(_ text: String, _ style: Canvas.TextStyle, _ height: Double) -> TitleLine? {
      guard !text.isEmpty else { return nil }
      var style = style
      let natural = style.width(of: text)
      if natural > width { style.size *= max(width / natural, 0.75) }
      return (Typeface.fitted(text, to: width, size: style.size, weight: style.weight), style, height)
    }
    let lines =
      titleLines.compactMap { fitted($0, theme.title(), theme.titleSize * 1.3) }
      + [fitted(subtitle, theme.minor(), theme.labelSize * 1.55)].compactMap(\.self)
    let widest = lines.map { $0.style.width(of: $0.text) }.max() ?? 0
    let x = max(min(left, Self.margin + width - widest), Self.margin)
    var y = Self.margin
    for line in lines {
      canvas.write(line.text, at: Point(x, y + line.style.size * 0.85), line.style)
      y += line.height
    }
    let shown = Typeface.fitted(note, to: width, size: theme.tickSize)
    let corner = Point(canvas.bounds.width - Self.margin, canvas.bounds.height - Self.noteHeight)
    canvas.write(shown, at: corner, theme.note(), align: .end)
  }
}

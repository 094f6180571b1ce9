/// What every figure has: its size, its look, its words.
public struct Page: Hashable, Sendable {
  /// Where a figure tells what its signs and colours mean.
  public enum LegendPlace: Hashable, Sendable {
    /// Beside the plot.
    case beside
    /// Within the plot, in the corner where it hides least of the data; colour bars stay beside.
    case inside
    /// Nowhere, as in a figure that shares its legend with others.
    case nowhere
  }

  /// The width in pixels.
  public var width = 1280
  /// The height in pixels.
  public var height = 960
  /// Pixels in one unit of text and line sizes; larger makes all signs larger.
  public var scale = 1.6
  /// Colours and sizes.
  public var theme = Theme.light
  /// Whether the paper is left out, so that what lies under the picture shines through.
  public var isTransparent = false
  /// The first line, bold; none if empty.
  public var title = ""
  /// The second line, grey; none if empty.
  public var subtitle = ""
  /// Where the legend stands, in figures that have a choice.
  public var legend = LegendPlace.beside
  /// What the PNG file says about the figure, beside its title.
  public var text: [PNG.Text] = []

  /// A page of 1280 × 960 pixels without words.
  public init() {}

  static let margin = 16.0

  /// The height that title and subtitle take.
  var headerHeight: Double {
    let title = title.isEmpty ? 0 : theme.titleSize * 1.3
    let subtitle = subtitle.isEmpty ? 0 : theme.labelSize * 1.55
    return title + subtitle + (title + subtitle > 0 ? 10 : 0)
  }

  /// Where a plot with these margins begins below the words; a note above its axis keeps its own line.
  func top(above margins: Plot.Margins, hasNote: Bool) -> Double {
    Self.margin + headerHeight + (hasNote || headerHeight == 0 ? margins.top : 0)
  }

  /// Writes the title and subtitle, beginning above `left` unless they are too wide for it, and `note` at the lower right.
  func drawWords(on canvas: inout Canvas, left: Double, note: String = "") {
    let width = canvas.bounds.width - 2 * Self.margin
    var y = Self.margin
    func line(_ words: String, _ style: Canvas.TextStyle, _ height: Double) {
      guard !words.isEmpty else { return }
      var style = style
      let natural = style.width(of: words)
      if natural > width { style.size *= max(width / natural, 0.75) }
      let shown = Typeface.fitted(words, to: width, size: style.size, weight: style.weight)
      let x = max(min(left, Self.margin + width - style.width(of: shown)), Self.margin)
      canvas.write(shown, at: Point(x, y + style.size * 0.85), style)
      y += height
    }
    line(title, theme.title(), theme.titleSize * 1.3)
    line(subtitle, theme.minor(), theme.labelSize * 1.55)
    let shown = Typeface.fitted(note, to: width, size: theme.tickSize)
    let corner = Point(canvas.bounds.width - Self.margin, canvas.bounds.height - 8)
    canvas.write(shown, at: corner, theme.note(), align: .end)
  }
}

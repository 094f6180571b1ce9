/// The colors and sizes that all figures share.
///
/// ```swift
/// figure.page.theme = .dark
/// figure.page.theme.titleSize = 24
/// ```
public struct Theme: Hashable, Sendable {
  /// The background of the page.
  public var page = Color(0xFFFFFF)
  /// The color of titles, labels, and the decision boundary.
  public var text = Color(0x222222)
  /// The color of subtitles, notes, and secondary lines.
  public var secondary = Color(0x666666)
  /// The color of axis lines and ticks.
  public var spine = Color(0x888888)
  /// The color of the grid lines behind the data.
  public var gridLine = Color(0xE8E8E8)
  /// The color where a binary classifier is undecided.
  public var neutral = Color(0xF7F7F7)
  /// The color that marks divergence.
  public var alarm = Color(0xD5380E)
  /// A color that stands out from all hues, such as for the position of a minimum.
  public var highlight = Color(0xF0E442)
  /// The colors of categories: Okabe and Ito (2008), then M. Petroff (2021); all are distinguishable with color vision
  /// deficiency.
  public var palette = [
    Color(0x0072B2), Color(0xE69F00), Color(0x009E73), Color(0xD55E00), Color(0xCC79A7), Color(0x56B4E9),
    Color(0x832DB6), Color(0xA96B59), Color(0x717581), Color(0x92DADD),
  ]
  /// The dash patterns of categories, used in addition to their colors: alternating lengths of dashes and gaps.
  public var dashes: [[Double]] = [[], [7, 3.5], [2, 2.5], [10, 3, 2, 3], [4, 2], [10, 3, 2, 3, 2, 3]]
  /// The sequential colors for ascending values, from near the background to prominent.
  public var ramp = [
    Color(0xF7F4D0), Color(0xCFE3A5), Color(0x9BCFA0), Color(0x68B7A8), Color(0x4A99AE), Color(0x4777A8),
    Color(0x4A5190),
  ]
  /// The colors of regions if they differ from those of the palette. Grays need this, as one of two classes has to be
  /// brighter than the undecided color.
  public var regions: [Color] = []
  /// The maximum strength of the color of a class in its region.
  public var strongestTint = 0.55
  /// The size of the title; all sizes are limited to 0.1 through 1000.
  public var titleSize = 18.0 { didSet { titleSize = Self.usable(titleSize) } }
  /// The size of subtitles, labels, and legends.
  public var labelSize = 13.0 { didSet { labelSize = Self.usable(labelSize) } }
  /// The size of tick labels and notes.
  public var tickSize = 12.0 { didSet { tickSize = Self.usable(tickSize) } }

  private static func usable(_ size: Double) -> Double { size > 0.1 ? min(size, 1000) : 0.1 }

  /// Returns the color of category `index`; colors repeat after the last.
  public func hue(_ index: Int) -> Color { palette.isEmpty ? text : palette[Self.place(index, palette.count)] }

  /// Returns the color of a region of category `index`, from the undecided color at `strength` 0 to the strongest at 1.
  func region(_ index: Int, _ strength: Double) -> Color {
    let hue = regions.isEmpty ? hue(index) : regions[Self.place(index, regions.count)]
    return neutral.mixed(with: hue, strength * strongestTint)
  }

  /// The color paired with the first one, such as validation with training: the fourth, or the second of a shorter
  /// palette.
  var counterpart: Color { palette.count > 3 ? hue(3) : palette.count > 1 ? hue(1) : secondary }

  /// Returns the stroke of category `index`. Dashes and colors repeat with different periods, so that their combination
  /// is unique.
  public func stroke(_ index: Int, width: Double = 2) -> Stroke {
    guard !dashes.isEmpty else { return Stroke(width) }
    // Dashes shift by one each time the colors repeat.
    let (turn, _) = max(index, 0).quotientAndRemainder(dividingBy: max(palette.count, 1))
    let dashes = dashes[Self.place(Self.place(index, dashes.count) + turn % dashes.count, dashes.count)]
    return Stroke(width, dashes: dashes.map { $0 * width / 2 })
  }

  private static func place(_ index: Int, _ count: Int) -> Int { ((index % count) + count) % count }

  /// Whether all colors of the palette are grays.
  var isGray: Bool { palette.allSatisfy { $0.red == $0.green && $0.green == $0.blue } }

  /// Returns the color of the edge of a mark, which separates it from its halo: darker on a white page, brighter on a
  /// dark one.
  func edge(of color: Color) -> Color {
    let isDark = page.contrast(with: Color(0x000000)) < page.contrast(with: Color(0xFFFFFF))
    return isDark ? color.mixed(with: Color(0xFFFFFF), 0.4) : color.mixed(with: Color(0x000000), 0.5)
  }

  /// The color of secondary lines over data, such as those of equal probability.
  var lesserLine: Color { text.mixed(with: page, 0.23) }

  /// Returns the sequential color at `t` from 0 to 1.
  func ramp(at t: Double) -> Color {
    guard let last = ramp.last, t.isFinite else { return neutral }
    let place = min(max(t, 0), 1) * Double(ramp.count - 1)
    let index = Int(place)
    return index + 1 < ramp.count ? ramp[index].mixed(with: ramp[index + 1], place - Double(index)) : last
  }

  func title() -> Canvas.TextStyle { Canvas.TextStyle(titleSize, weight: .bold, color: text) }
  func label() -> Canvas.TextStyle { Canvas.TextStyle(labelSize, color: text) }
  func tick() -> Canvas.TextStyle { Canvas.TextStyle(tickSize, color: text) }
  func minor() -> Canvas.TextStyle { Canvas.TextStyle(labelSize, color: secondary) }
  func note() -> Canvas.TextStyle { Canvas.TextStyle(tickSize, color: secondary) }
}

extension Theme {
  /// Dark on white.
  public static let light = Theme()

  /// Light on near black, for slides and screens.
  ///
  /// The hues are those of ``light``, adjusted to stand out from the background and to stay distinguishable with color
  /// vision deficiency.
  public static let dark = {
    var theme = Theme()
    theme.page = Color(0x16191D)
    theme.text = Color(0xECEDEE)
    theme.secondary = Color(0xA7AEB5)
    theme.spine = Color(0x7C848C)
    theme.gridLine = Color(0x2A2F35)
    theme.neutral = Color(0x22262B)
    theme.alarm = Color(0xFF6A4D)
    theme.palette = [
      Color(0x4A8FD0), Color(0xF2B824), Color(0x1DC572), Color(0xEC5A22), Color(0xDD82A8), Color(0xA0DCFF),
      Color(0x8A78E8), Color(0xAE7A62), Color(0x9FA896), Color(0xD8FBF2),
    ]
    theme.ramp = [
      Color(0x2B2F5B), Color(0x32508A), Color(0x2F7398), Color(0x34959A), Color(0x5BB58F), Color(0xA0D183),
      Color(0xF1EBA0),
    ]
    theme.strongestTint = 0.42
    return theme
  }()

  /// Grays on white, for print without color: categories differ in brightness, markers, and dashes.
  public static let print = {
    var theme = Theme()
    theme.text = Color(0x000000)
    theme.secondary = Color(0x4D4D4D)
    theme.spine = Color(0x6B6B6B)
    theme.neutral = Color(0xC4C4C4)
    theme.regions = [
      Color(0x5A5A5A), Color(0xFFFFFF), Color(0x8C8C8C), Color(0xE0E0E0), Color(0x747474), Color(0xF2F2F2),
    ]
    theme.alarm = Color(0x000000)
    theme.highlight = Color(0xFFFFFF)
    theme.palette = [
      Color(0x111111), Color(0x989898), Color(0x505050), Color(0x747474), Color(0xC1C1C1), Color(0x303030),
    ]
    theme.ramp = [
      Color(0xF2F2F2), Color(0xDADADA), Color(0xC0C0C0), Color(0xA2A2A2), Color(0x838383), Color(0x626262),
      Color(0x404040),
    ]
    theme.strongestTint = 0.6
    return theme
  }()
}

extension Theme {
  /// The color of negative values.
  var negative: Color { hue(0) }
  /// The color of positive values.
  var positive: Color { hue(1) }
}

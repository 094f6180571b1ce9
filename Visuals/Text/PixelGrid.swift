/// Aligns the heights of a glyph with whole pixels: horizontal lines get sharp edges, and everything between them is
/// stretched.
struct PixelGrid {
  private let unit: Double
  /// Heights of the skeleton in ascending order, with the position of the middle of a line in pixels above the
  /// baseline.
  private var levels: [(height: Double, pixel: Double)] = []
  private let lines: Lines
  private let hasAxis: Bool

  /// The typographic lines at a size.
  struct Lines {
    let descender: Double
    let small: Double
    let capital: Double
    private let unit: Double

    init(size: Double) {
      unit = size / 1000
      // Text too small to read keeps its proportions.
      let isFitted = size >= 5
      descender = isFitted ? (-0.2 * size).rounded() : -0.2 * size
      small = isFitted ? (0.5 * size).rounded() : 0.5 * size
      capital = isFitted ? max((0.7 * size).rounded(), small + 2) : 0.7 * size
    }

    /// Returns the position of an edge at `height` in pixels above the baseline.
    func edge(_ height: Double) -> Double {
      if height <= 0 { return max(height, -200) / -200 * descender + min(height + 200, 0) * unit }
      if height <= 500 { return height / 500 * small }
      return small + min(height - 500, 200) / 200 * (capital - small) + max(height - 700, 0) * unit
    }

    /// Returns whole pixels for a part raised by `height`, where 200 is the distance from x-height to cap height.
    func rise(_ height: Double) -> Double {
      height < 200 ? (height * unit).rounded() : capital - small + ((height - 200) * unit).rounded()
    }
  }

  /// `thickness` is the width of horizontal lines in pixels.
  init(_ glyph: Glyph, size: Double, thickness: Double) {
    unit = size / 1000
    lines = Lines(size: size)
    hasAxis = glyph.axis != nil
    /// Aligns the upper edge of a horizontal line with a pixel edge.
    func sharp(_ pixel: Double) -> Double { (pixel + thickness / 2).rounded() - thickness / 2 }
    if let axis = glyph.axis {
      let middle = sharp(axis * unit)
      let isBarred = glyph.flats.contains(axis)
      for flat in glyph.flats {
        levels.append((flat, isBarred ? middle + ((flat - axis) * unit).rounded() : sharp(flat * unit)))
      }
      if glyph.flats.isEmpty { levels = [(axis, middle)] }
      return
    }
    let inset = thickness / 2
    // Round letters need an overshoot to look as tall as flat ones.
    let overshoot = size < 20 ? 0 : 0.012 * size
    levels = [
      (-212, lines.descender + inset - overshoot), (-200, lines.descender + inset), (-12, inset - overshoot),
      (0, inset),
      (500, lines.small - inset), (512, lines.small - inset + overshoot), (700, lines.capital - inset),
      (712, lines.capital - inset + overshoot),
    ]
    for flat in glyph.flats where !levels.contains(where: { $0.height == flat }) {
      let level = (flat, sharp(self[flat]))
      levels.insert(level, at: levels.firstIndex { $0.height > flat } ?? levels.count)
    }
  }

  /// Returns the foot of a dot at `height`; in a sign around an axis, `height` is its center.
  func foot(_ height: Double, radius: Double) -> Double {
    (hasAxis ? self[height] - radius : lines.edge(height)).rounded()
  }

  /// Returns the position of the middle of a line at `height` in pixels above the baseline.
  subscript(height: Double) -> Double {
    guard let first = levels.first, let last = levels.last else { return height * unit }
    if height <= first.height { return first.pixel + (height - first.height) * unit }
    if height >= last.height { return last.pixel + (height - last.height) * unit }
    let upper = levels.firstIndex { height <= $0.height } ?? levels.count - 1
    let (low, high) = (levels[upper - 1], levels[upper])
    return low.pixel + (height - low.height) / (high.height - low.height) * (high.pixel - low.pixel)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A small field of colours to be stretched over an area.
public struct Image: Hashable, Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The colours, row by row from the top left.
  public let colors: [Color]

  /// An image of `colors`, as many as `width` × `height`; others are cut off or repeated from the last.
  public init(width: Int, height: Int, colors: [Color]) {
    self.width = max(width, 1)
    self.height = max(height, 1)
    let (product, overflow) = self.width.multipliedReportingOverflow(by: self.height)
    let count = overflow || product > 100_000_000 ? 0 : product
    let last = colors.last ?? Color(0xFFFFFF)
    self.colors = Array(colors.prefix(count)) + Array(repeating: last, count: max(count - colors.count, 0))
  }

  /// The colour at a place from 0 to 1 across and down: the corner colours at the corners, bilinear in between.
  func sample(_ u: Double, _ v: Double) -> Color {
    let x = min(max(u, 0), 1) * Double(width - 1)
    let y = min(max(v, 0), 1) * Double(height - 1)
    let (i, j) = (min(Int(x), width - 1), min(Int(y), height - 1))
    let (right, below) = (min(i + 1, width - 1), min(j + 1, height - 1))
    let upper = colors[j * width + i].mixed(with: colors[j * width + right], x - Double(i))
    let lower = colors[below * width + i].mixed(with: colors[below * width + right], x - Double(i))
    return upper.mixed(with: lower, y - Double(j))
  }
}

extension Canvas {
  /// Draws `image` over `rect`, its corner colours at the corners, bilinear in between.
  public mutating func draw(_ image: Image, in rect: Rect) {
    guard !image.colors.isEmpty else { return }
    paint(rect) { u, v in image.sample(u, v) }
  }

  /// Draws `image` over `rect` turned around its middle by `angle` (radians, from x towards y), with smooth edges.
  public mutating func draw(_ image: Image, in rect: Rect, turned angle: Double) {
    guard !image.colors.isEmpty, angle.isFinite, rect.width > 0, rect.height > 0 else { return }
    let (c, s) = (cos(angle), sin(angle))
    let (center, scale, origin) = (rect.center, scale, frame.origin)
    let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map { u, v in
      let (x, y) = (u * rect.width, v * rect.height)
      return center + Point(c * x - s * y, s * x + c * y)
    }
    let ink = ShadedInk { row, x in
      let p = (Point(Double(x) + 0.5, Double(row) + 0.5) - origin) * (1 / scale) - center
      return image.sample((c * p.x + s * p.y) / rect.width + 0.5, (c * p.y - s * p.x) / rect.height + 0.5)
    }
    cover(Path(corners, closed: true).flattened(scale: scale), with: ink)
  }

  /// Gives every pixel within `rect` (rounded to whole pixels) the colour at its centre, told by its place from 0 to 1 across and down.
  mutating func paint(_ rect: Rect, _ color: (_ u: Double, _ v: Double) -> Color) {
    paintRows(rect) { v, us, row in
      for (i, u) in us.enumerated() { row[i] = color(u, v).bytes }
    }
  }

  /// Gives the pixels within `rect` their colours (``Color/bytes``) row by row, told by the places of their centres from 0 to 1.
  mutating func paintRows(_ rect: Rect, _ fill: (_ v: Double, _ us: [Double], _ row: inout [UInt32]) throws -> Void)
    rethrows
  {
    guard rect.width > 0, rect.height > 0 else { return }
    let outer = clip
    let visible = sheetClip
    clip = rect
    let area = sheetClip.intersection(visible)
    clip = outer
    guard !area.isEmpty else { return }
    let us = (area.left..<area.right).map { x in
      min(max(((Double(x) + 0.5 - frame.origin.x) / scale - rect.x) / rect.width, 0), 1)
    }
    var colors = [UInt32](repeating: 0, count: us.count)
    for row in area.top..<area.bottom {
      let v = min(max(((Double(row) + 0.5 - frame.origin.y) / scale - rect.y) / rect.height, 0), 1)
      try fill(v, us, &colors)
      lay(colors, row: row, from: area.left)
    }
  }

  private mutating func lay(_ colors: [UInt32], row: Int, from left: Int) {
    let first = row * pixelWidth + left
    let (mask, isOpaque) = (mask, mask == nil && colors.allSatisfy { UInt32(littleEndian: $0) >> 24 == 255 })
    pixels.withUnsafeMutableBytes { pixels in
      if isOpaque {
        colors.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: pixels[(4 * first)...]).copyMemory(from: $0) }
        return
      }
      guard let base = pixels.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
      for (i, color) in colors.enumerated() {
        let color = UInt32(littleEndian: color)
        let opacity = (color >> 24) * 65536 / 255
        let seen = UInt32(Float(opacity) * (mask.map { $0[row, left + i] } ?? 1) + 0.5)
        (base + 4 * (first + i)).lay(color & 255, color >> 8 & 255, color >> 16 & 255, seen)
      }
    }
  }
}

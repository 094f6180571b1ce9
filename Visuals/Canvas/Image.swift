/// A small field of opaque colours to be stretched over an area.
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
    let count = self.width * self.height
    let last = colors.last ?? Color(0xFFFFFF)
    self.colors = Array(colors.prefix(count)) + Array(repeating: last, count: max(count - colors.count, 0))
  }
}

extension Canvas {
  /// Draws `image` over `rect`, its corner colours at the corners, bilinear in between.
  public mutating func draw(_ image: Image, in rect: Rect) {
    let (columns, rows) = (Double(image.width - 1), Double(image.height - 1))
    paint(rect) { u, v in
      let (x, y) = (u * columns, v * rows)
      let (i, j) = (min(Int(x), image.width - 1), min(Int(y), image.height - 1))
      let (right, below) = (min(i + 1, image.width - 1), min(j + 1, image.height - 1))
      let upper = image.colors[j * image.width + i].mixed(with: image.colors[j * image.width + right], x - Double(i))
      let lower = image.colors[below * image.width + i].mixed(
        with: image.colors[below * image.width + right], x - Double(i))
      return upper.mixed(with: lower, y - Double(j))
    }
  }

  /// Gives every pixel within `rect` (rounded to whole pixels) the colour at its centre, told by its place from 0 to 1 across and down.
  mutating func paint(_ rect: Rect, _ color: (_ u: Double, _ v: Double) -> Color) {
    guard rect.width > 0, rect.height > 0 else { return }
    let outer = pixelClip
    let previous = clip
    clip = rect
    let inner = pixelClip
    clip = previous
    let area = PixelRect(
      left: max(inner.left, outer.left), top: max(inner.top, outer.top), right: min(inner.right, outer.right),
      bottom: min(inner.bottom, outer.bottom))
    guard area.left < area.right, area.top < area.bottom else { return }
    for row in area.top..<area.bottom {
      let v = min(max(((Double(row) + 0.5) / scale - rect.y) / rect.height, 0), 1)
      for x in area.left..<area.right {
        let u = min(max(((Double(x) + 0.5) / scale - rect.x) / rect.width, 0), 1)
        let value = color(u, v)
        let i = 3 * (row * pixelWidth + x)
        pixels[i] = value.red
        pixels[i + 1] = value.green
        pixels[i + 2] = value.blue
      }
    }
  }
}

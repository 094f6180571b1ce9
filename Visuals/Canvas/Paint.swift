/// One color, blended over pixels in proportion to their coverage.
struct Paint {
  private let red: UInt32
  private let green: UInt32
  private let blue: UInt32
  private let opacity: Float

  init(_ color: Color) {
    red = UInt32(color.red)
    green = UInt32(color.green)
    blue = UInt32(color.blue)
    opacity = Float(color.alpha.isNaN ? 0 : min(max(color.alpha, 0), 1) * 65536)
  }

  /// Blends the color over one pixel, of which the fraction `coverage` is covered.
  @inline(__always)
  func blend(over pixel: UnsafeMutablePointer<UInt8>, coverage: Float) {
    pixel.blend(red, green, blue, UInt32(coverage * opacity + 0.5))
  }
}

extension Canvas {
  /// Fills outlines given in pixels, moved by `offset`.
  mutating func fill(_ outlines: [Polyline], _ color: Color, at offset: Point = Point(0, 0)) {
    let clip = canvasClip
    for outline in outlines { rasterizer.add(outline, clip: clip, origin: frame.origin + offset) }
    let width = pixelWidth
    let paint = Paint(color)
    pixels.withUnsafeMutableBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      rasterizer.sweep { row, x, coverage in
        paint.blend(over: base + 4 * (row * width + x), coverage: coverage)
      }
    }
  }

  /// Fills what at least one of the shapes covers, so that edges that coincide do not darken each other.
  mutating func fillUnion(of shapes: [[Polyline]], _ color: Color) {
    let union = Mask(union: shapes, clip: canvasClip, origin: frame.origin)
    let width = pixelWidth
    let paint = Paint(color)
    pixels.withUnsafeMutableBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      union.forEach { row, x, coverage in
        paint.blend(over: base + 4 * (row * width + x), coverage: coverage)
      }
    }
  }

  /// Gives every pixel within `rect`, rounded to whole pixels, the color at its center.
  ///
  /// `u` and `v` are the position of the center across and down `rect`, from 0 to 1.
  mutating func paint(_ rect: Rect, _ color: (_ u: Double, _ v: Double) -> Color) {
    paintRows(rect) { v, us, row in
      for (i, u) in us.enumerated() { row[i] = color(u, v).bytes }
    }
  }

  /// Gives the pixels within `rect` their colors (``Color/bytes``) row by row; positions are those of
  /// ``paint(_:_:)``.
  mutating func paintRows(_ rect: Rect, _ fill: (_ v: Double, _ us: [Double], _ row: inout [UInt32]) throws -> Void)
    rethrows
  {
    guard rect.width > 0, rect.height > 0 else { return }
    let outer = clip
    let visible = canvasClip
    clip = rect
    let area = canvasClip.intersection(visible)
    clip = outer
    guard !area.isEmpty else { return }
    let us = (area.left..<area.right).map { x in
      min(max(((Double(x) + 0.5 - frame.origin.x) / scale - rect.x) / rect.width, 0), 1)
    }
    var colors = [UInt32](repeating: 0, count: us.count)
    for row in area.top..<area.bottom {
      let v = min(max(((Double(row) + 0.5 - frame.origin.y) / scale - rect.y) / rect.height, 0), 1)
      try fill(v, us, &colors)
      blend(colors, row: row, from: area.left)
    }
  }

  private mutating func blend(_ colors: [UInt32], row: Int, from left: Int) {
    let first = row * pixelWidth + left
    let isOpaque = colors.allSatisfy { UInt32(littleEndian: $0) >> 24 == 255 }
    pixels.withUnsafeMutableBytes { pixels in
      if isOpaque {
        colors.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: pixels[(4 * first)...]).copyMemory(from: $0) }
        return
      }
      guard let base = pixels.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
      for (i, color) in colors.enumerated() {
        let color = UInt32(littleEndian: color)
        let opacity = (color >> 24) * 65536 / 255
        (base + 4 * (first + i)).blend(color & 255, color >> 8 & 255, color >> 16 & 255, opacity)
      }
    }
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// Blends a color of opacity `t`, from 0 to 65536, over a pixel.
  @inline(__always)
  func blend(_ red: UInt32, _ green: UInt32, _ blue: UInt32, _ t: UInt32) {
    if self[3] == 255 {
      let s = 65536 - t
      self[0] = UInt8((UInt32(self[0]) * s + red * t + 32768) >> 16)
      self[1] = UInt8((UInt32(self[1]) * s + green * t + 32768) >> 16)
      self[2] = UInt8((UInt32(self[2]) * s + blue * t + 32768) >> 16)
    } else {
      blendOverTransparent(red, green, blue, t)
    }
  }

  /// The "over" operator for colors that are not premultiplied by their opacity (Porter and Duff, 1984).
  private func blendOverTransparent(_ red: UInt32, _ green: UInt32, _ blue: UInt32, _ t: UInt32) {
    let below = UInt32((UInt64(self[3]) * UInt64(65536 - t) + 127) / 255)
    let alpha = below + t
    guard alpha > 0 else { return }
    self[0] = UInt8((UInt32(self[0]) * below + red * t + alpha / 2) / alpha)
    self[1] = UInt8((UInt32(self[1]) * below + green * t + alpha / 2) / alpha)
    self[2] = UInt8((UInt32(self[2]) * below + blue * t + alpha / 2) / alpha)
    self[3] = UInt8((alpha * 255 + 32768) >> 16)
  }
}

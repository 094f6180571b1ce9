/// The part of a sheet that is drawn on as if it were a whole one.
struct Frame: Sendable {
  /// The place of its top left corner on the sheet, on whole pixels so that text stays sharp.
  var origin: Point
  /// Its width in pixels.
  var width: Double
  /// Its height in pixels.
  var height: Double
  /// What of it can be drawn on.
  var visible: PixelRect

  init(area: PixelRect) {
    origin = Point(Double(area.left), Double(area.top))
    width = Double(area.right - area.left)
    height = Double(area.bottom - area.top)
    visible = area
  }
}

extension Canvas {
  /// Lets `draw` take `area` for the whole sheet, with its top left corner at (0, 0); nothing is drawn outside.
  ///
  /// With a `factor` other than 1 everything is drawn larger or smaller by it.
  public mutating func within(
    _ area: Rect, scale factor: Double = 1, _ draw: (inout Canvas) throws -> Void
  ) rethrows {
    let outer = (scale, clip, frame)
    defer { (scale, clip, frame) = outer }
    let visible = sheetClip
    clip = area
    var inner = frame
    inner.visible = sheetClip.intersection(visible)
    let corner = Point((area.x * scale).rounded(), (area.y * scale).rounded())
    // Far outside nothing is drawn, wherever exactly it would be.
    func near(_ value: Double) -> Double { value.isNaN ? 0 : min(max(value, -1e9), 1e9) }
    inner.origin = Point(near(frame.origin.x + corner.x), near(frame.origin.y + corner.y))
    func extent(_ value: Double) -> Double { value >= 1 ? min(value, 1e9) : 1 }
    inner.width = extent((area.maxX * scale).rounded() - corner.x)
    inner.height = extent((area.maxY * scale).rounded() - corner.y)
    (clip, frame, scale) = (nil, inner, Self.usable(scale * factor))
    try draw(&self)
  }

  /// Lets `draw` draw inside `path` only.
  public mutating func clipped(
    to path: Path, rule: FillRule = .nonzero, _ draw: (inout Canvas) throws -> Void
  ) rethrows {
    let outer = mask
    defer { mask = outer }
    var inner = Mask(path.flattened(scale: scale), rule, clip: sheetClip, origin: frame.origin)
    if let outer { inner.multiply(by: outer) }
    mask = inner
    try draw(&self)
  }

  /// What can be drawn on, in whole pixels of the frame.
  var pixelClip: PixelRect {
    let (clip, left, top) = (sheetClip, Int(frame.origin.x), Int(frame.origin.y))
    return PixelRect(left: clip.left - left, top: clip.top - top, right: clip.right - left, bottom: clip.bottom - top)
  }

  /// What can be drawn on, in whole pixels of the sheet.
  var sheetClip: PixelRect {
    guard let clip else { return frame.visible }
    func pixel(_ value: Double, _ origin: Double, _ low: Int, _ high: Int) -> Int {
      value.isNaN ? low : Int(min(max((value * scale).rounded() + origin, Double(low)), Double(high)))
    }
    let (outer, origin) = (frame.visible, frame.origin)
    return PixelRect(
      left: pixel(clip.x, origin.x, outer.left, outer.right), top: pixel(clip.y, origin.y, outer.top, outer.bottom),
      right: pixel(clip.maxX, origin.x, outer.left, outer.right),
      bottom: pixel(clip.maxY, origin.y, outer.top, outer.bottom))
  }
}

/// A part of a canvas that is drawn on as if it were a whole one.
struct Frame: Sendable {
  /// The top-left corner on the canvas, on whole pixels so that text stays sharp.
  var origin: Point
  /// The width in pixels.
  var width: Double
  /// The height in pixels.
  var height: Double
  /// The part of it that can be drawn on.
  var visible: PixelRect

  init(area: PixelRect) {
    origin = Point(Double(area.left), Double(area.top))
    width = Double(area.right - area.left)
    height = Double(area.bottom - area.top)
    visible = area
  }
}

extension Canvas {
  /// Runs `draw` with `area` as the whole canvas, its top-left corner at (0, 0); nothing is drawn outside it.
  ///
  /// With a `factor` other than 1, everything is drawn larger or smaller by that factor.
  public mutating func within(
    _ area: Rect, scale factor: Double = 1, _ draw: (inout Canvas) throws -> Void
  ) rethrows {
    let outer = (scale, clip, frame)
    defer { (scale, clip, frame) = outer }
    let visible = canvasClip
    clip = area
    var inner = frame
    inner.visible = canvasClip.intersection(visible)
    let corner = Point((area.x * scale).rounded(), (area.y * scale).rounded())
    // Nothing is drawn far outside, so its exact position does not matter there.
    func near(_ value: Double) -> Double { value.isNaN ? 0 : min(max(value, -1e9), 1e9) }
    inner.origin = Point(near(frame.origin.x + corner.x), near(frame.origin.y + corner.y))
    func extent(_ value: Double) -> Double { value >= 1 ? min(value, 1e9) : 1 }
    inner.width = extent((area.maxX * scale).rounded() - corner.x)
    inner.height = extent((area.maxY * scale).rounded() - corner.y)
    (clip, frame, scale) = (nil, inner, Self.usable(scale * factor))
    try draw(&self)
  }

  /// The part that can be drawn on, in whole pixels of the frame.
  var pixelClip: PixelRect {
    let (clip, left, top) = (canvasClip, Int(frame.origin.x), Int(frame.origin.y))
    return PixelRect(left: clip.left - left, top: clip.top - top, right: clip.right - left, bottom: clip.bottom - top)
  }

  /// The part that can be drawn on, in whole pixels of the canvas.
  var canvasClip: PixelRect {
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

import GliaVisuals
import Testing

/// Opacity, transparent canvases, and frames.
@Suite struct PaintTests {
  private let black = Color(0x000000)

  private func canvas(_ width: Int = 20, _ height: Int = 20, _ background: Color = Color(0xFFFFFF)) throws -> Canvas {
    try Canvas(pixelWidth: width, pixelHeight: height, background: background)
  }

  @Test func aTransparentCanvasKeepsItsOpacity() throws {
    var canvas = try canvas(4, 2, Color(0xFFFFFF, alpha: 0))
    canvas.fill(.rectangle(Rect(x: 0, y: 0, width: 1, height: 2)), Color(0x0072B2))
    canvas.fill(.rectangle(Rect(x: 1, y: 0, width: 1.5, height: 2)), Color(0xE69F00, alpha: 0.6))
    let picture = try canvas.decoded()
    #expect(picture.hasAlpha)
    #expect(picture.color(0, 0) == [0x00, 0x72, 0xB2] && picture.alpha(0, 0) == 255)
    // The color of the paint alone, wherever nothing is below.
    #expect(picture.color(1, 1) == [0xE6, 0x9F, 0x00] && picture.alpha(1, 1) == 153)
    #expect(picture.color(2, 0) == [0xE6, 0x9F, 0x00] && abs(picture.alpha(2, 0) - 77) <= 1)
    #expect(picture.alpha(3, 0) == 0)
  }

  @Test func colorsOverATransparentCanvasFollowPorterAndDuff() throws {
    var canvas = try canvas(1, 1, Color(0, alpha: 0))
    canvas.fill(.rectangle(canvas.bounds), Color(0xFF0000, alpha: 0.5))
    canvas.fill(.rectangle(canvas.bounds), Color(0x0000FF, alpha: 0.5))
    // 0.5 over 0.5 is 0.75, of which the lower color has one third.
    let picture = try canvas.decoded()
    #expect(abs(picture.alpha(0, 0) - 191) <= 1)
    #expect(abs(picture.color(0, 0)[0] - 85) <= 1 && abs(picture.color(0, 0)[2] - 170) <= 1)
  }

  @Test func anOpaqueCanvasHasNoAlphaChannel() throws {
    var canvas = try canvas()
    canvas.fill(.circle(Point(10, 10), radius: 6), black.opacity(0.4))
    #expect(!(try canvas.png().hasAlpha))
    #expect(!(try canvas.decoded().hasAlpha))
  }

  @Test func aFrameIsACanvasOfItsOwn() throws {
    func draw(_ canvas: inout Canvas) {
      canvas.fill(.circle(Point(12.3, 11.8), radius: 9), Color(0x0072B2))
      canvas.clip = Rect(x: 4, y: 4, width: 6, height: 30)
      canvas.fill(.rectangle(canvas.bounds), Color(0xE69F00, alpha: 0.5))
      canvas.clip = nil
      canvas.write("ab", at: Point(3, 20), .init(13))
    }
    var own = try Canvas(pixelWidth: 40, pixelHeight: 48, scale: 2)
    draw(&own)
    var shared = try Canvas(pixelWidth: 100, pixelHeight: 90, scale: 1)
    shared.clip = Rect(x: 0, y: 0, width: 1, height: 1)
    shared.clip = nil
    shared.within(Rect(x: 31, y: 22, width: 40, height: 48), scale: 2) { frame in
      #expect(frame.bounds == Rect(x: 0, y: 0, width: 20, height: 24))
      draw(&frame)
    }
    let (a, b) = (try own.decoded(), try shared.decoded())
    for y in 0..<90 {
      for x in 0..<100 {
        let isInside = (31..<71).contains(x) && (22..<70).contains(y)
        #expect(b.color(x, y) == (isInside ? a.color(x - 31, y - 22) : [255, 255, 255]), "\(x), \(y)")
      }
    }
    #expect(shared.bounds == Rect(x: 0, y: 0, width: 100, height: 90))
  }

  @Test(arguments: [Double.nan, .infinity, -1e300, 1e300, 0, -5]) func hostileFrames(value: Double) throws {
    var canvas = try canvas()
    canvas.within(Rect(x: value, y: 2, width: value, height: value), scale: value) { frame in
      frame.fill(.rectangle(frame.bounds), black)
      frame.write("a", at: Point(3, 3), .init(9))
      frame.within(Rect(x: 0, y: 0, width: 5, height: 5)) { $0.fill(.rectangle($0.bounds), black) }
    }
    #expect(try canvas.decoded().width == 20)
  }
}

import GliaVisuals
import Testing

/// Opacity, transparent sheets, gradients, clips, frames and images.
@Suite struct InkTests {
  private let black = Color(0x000000)

  private func sheet(_ width: Int = 20, _ height: Int = 20, _ background: Color = Color(0xFFFFFF)) throws -> Canvas {
    try Canvas(pixelWidth: width, pixelHeight: height, background: background)
  }

  @Test func aTransparentSheetKeepsItsOpacity() throws {
    var canvas = try sheet(4, 2, Color(0xFFFFFF, alpha: 0))
    canvas.fill(.rectangle(Rect(x: 0, y: 0, width: 1, height: 2)), Color(0x0072B2))
    canvas.fill(.rectangle(Rect(x: 1, y: 0, width: 1.5, height: 2)), Color(0xE69F00, alpha: 0.6))
    let picture = try canvas.decoded()
    #expect(picture.hasAlpha)
    #expect(picture.color(0, 0) == [0x00, 0x72, 0xB2] && picture.alpha(0, 0) == 255)
    // The colour of the ink alone, wherever nothing is below.
    #expect(picture.color(1, 1) == [0xE6, 0x9F, 0x00] && picture.alpha(1, 1) == 153)
    #expect(picture.color(2, 0) == [0xE6, 0x9F, 0x00] && abs(picture.alpha(2, 0) - 77) <= 1)
    #expect(picture.alpha(3, 0) == 0)
  }

  @Test func coloursOverATransparentSheetFollowPorterAndDuff() throws {
    var canvas = try sheet(1, 1, Color(0, alpha: 0))
    canvas.fill(.rectangle(canvas.bounds), Color(0xFF0000, alpha: 0.5))
    canvas.fill(.rectangle(canvas.bounds), Color(0x0000FF, alpha: 0.5))
    // 0.5 over 0.5 is 0.75, of which the lower colour has one third.
    let picture = try canvas.decoded()
    #expect(abs(picture.alpha(0, 0) - 191) <= 1)
    #expect(abs(picture.color(0, 0)[0] - 85) <= 1 && abs(picture.color(0, 0)[2] - 170) <= 1)
  }

  @Test func anOpaqueSheetHasNoAlphaChannel() throws {
    var canvas = try sheet()
    canvas.fill(.circle(Point(10, 10), radius: 6), black.opacity(0.4))
    #expect(!(try canvas.png().hasAlpha))
    #expect(!(try canvas.decoded().hasAlpha))
  }

  @Test func gradientsMixLight() throws {
    var canvas = try sheet(101, 3)
    let gradient = Gradient.linear(
      [.init(0, black), .init(1, Color(0xFFFFFF))], from: Point(0.5, 0), to: Point(100.5, 0))
    canvas.fill(.rectangle(canvas.bounds), gradient)
    let picture = try canvas.decoded()
    // Half of the light of white is sRGB 188, not 128; a tenth is 89.
    #expect(picture.color(0, 1) == [0, 0, 0] && picture.color(100, 1) == [255, 255, 255])
    #expect(abs(picture.color(50, 1)[0] - 188) <= 1)
    #expect(abs(picture.color(10, 1)[0] - 89) <= 1)
  }

  @Test func gradientsGoOutwardsToo() throws {
    var canvas = try sheet(41, 41)
    let stops = [Gradient.Stop(0, Color(0xFF0000)), .init(0.5, Color(0x00FF00)), .init(1, Color(0x0000FF))]
    canvas.fill(
      .rectangle(canvas.bounds), .radial(stops, center: Point(20.5, 20.5), radius: 20))
    let picture = try canvas.decoded()
    #expect(picture.color(20, 20) == [255, 0, 0])
    #expect(picture.color(30, 20) == [0, 255, 0] && picture.color(20, 10) == [0, 255, 0])
    #expect(picture.color(40, 20) == [0, 0, 255] && picture.color(0, 0) == [0, 0, 255])
  }

  @Test func gradientsOfAnyStops() throws {
    #expect(Gradient.linear([], from: Point(0, 0), to: Point(1, 0)).color(at: 0.5).alpha == 0)
    let jump = Gradient.linear(
      [.init(0.5, Color(0xFFFFFF)), .init(0.5, black), .init(.nan, Color(0x123456))], from: Point(0, 0), to: Point(0, 0)
    )
    #expect(jump.color(at: 0.4) == Color(0xFFFFFF) && jump.color(at: 0.5) == black)
    // Colours count by their opacity: clear red does not redden.
    let faded = Color(0xFF0000, alpha: 0).mixedInLight(with: Color(0x0000FF), 0.5)
    #expect(faded == Color(0x0000FF, alpha: 0.5))
    var canvas = try sheet()
    for value in [Double.nan, .infinity, 0, 1e300] {
      canvas.fill(.rectangle(canvas.bounds), .radial([.init(0, black)], center: Point(value, 1), radius: value))
      canvas.stroke(
        .line(Point(0, 0), Point(9, 9)), Stroke(2),
        .linear([.init(0, black), .init(1, black)], from: Point(0, value), to: Point(value, 0)))
    }
  }

  @Test func aPathClips() throws {
    var canvas = try sheet(60, 60)
    canvas.clipped(to: .circle(Point(30, 30), radius: 20)) { canvas in
      canvas.fill(.rectangle(Rect(x: 30, y: 0, width: 30, height: 60)), black)
    }
    #expect(abs(try canvas.inkedArea() - .pi * 200) < 0.3)
    canvas.fill(.rectangle(canvas.bounds), black)
    #expect(try canvas.inkedArea() == 3600)
  }

  @Test func clipsNestAndCutEverything() throws {
    var canvas = try sheet(60, 60)
    let quarter = Path.rectangle(Rect(x: 30, y: 30, width: 30, height: 30))
    canvas.clipped(to: .circle(Point(30, 30), radius: 20)) { canvas in
      canvas.clipped(to: quarter) { canvas in
        canvas.draw(Image(width: 1, height: 1, colors: [black]), in: canvas.bounds)
      }
    }
    #expect(abs(try canvas.inkedArea() - .pi * 100) < 0.3)
    var other = try sheet(60, 60)
    other.clipped(to: Path()) { $0.fill(.rectangle($0.bounds), black) }
    other.clipped(to: .circle(Point(200, 30), radius: 20)) { $0.write("text", at: Point(10, 30), .init(20)) }
    #expect(try other.inkedArea() == 0)
    other.clipped(to: quarter) { $0.write("text", at: Point(0, 20), .init(20)) }
    #expect(try other.inkedArea() == 0)
  }

  @Test func aFrameIsASheetOfItsOwn() throws {
    func draw(_ canvas: inout Canvas) {
      canvas.fill(.circle(Point(12.3, 11.8), radius: 9), Color(0x0072B2))
      canvas.clip = Rect(x: 4, y: 4, width: 6, height: 30)
      canvas.fill(.rectangle(canvas.bounds), Color(0xE69F00, alpha: 0.5))
      canvas.clip = nil
      canvas.write("ab", at: Point(3, 20), .init(13))
      canvas.draw(
        Image(width: 2, height: 1, colors: [black, Color(0xFFFFFF)]), in: Rect(x: 2, y: 21, width: 9, height: 3))
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
    var canvas = try sheet()
    canvas.within(Rect(x: value, y: 2, width: value, height: value), scale: value) { frame in
      frame.fill(.rectangle(frame.bounds), black)
      frame.write("a", at: Point(3, 3), .init(9))
      frame.within(Rect(x: 0, y: 0, width: 5, height: 5)) { $0.fill(.rectangle($0.bounds), black) }
    }
    #expect(try canvas.decoded().width == 20)
  }

  @Test func turnedImagesCoverTheirArea() throws {
    var canvas = try sheet(60, 60)
    let image = Image(width: 2, height: 2, colors: Array(repeating: black, count: 4))
    canvas.draw(image, in: Rect(x: 20, y: 15, width: 20, height: 30), turned: 0.6)
    #expect(abs(try canvas.inkedArea() - 600) < 0.3)
  }

  @Test func aQuarterTurnMovesTheCorners() throws {
    var canvas = try sheet(4, 4)
    let colors = [Color(0xFF0000), Color(0x00FF00), Color(0x0000FF), Color(0x000000)]
    canvas.draw(Image(width: 2, height: 2, colors: colors), in: canvas.bounds, turned: .pi / 2)
    let picture = try canvas.decoded()
    // The upper left corner goes to the upper right, one eighth of a cell inside.
    #expect(abs(picture.color(3, 0)[0] - Int((255 * 0.875 * 0.875).rounded())) <= 2)
    #expect(picture.color(3, 3)[1] > 180 && picture.color(0, 0)[2] > 180)
  }
}

import GliaVisuals
import Testing

/// Compares drawn areas with exact ones. A pixel has 255 levels, so areas are exact to about one level per boundary
/// pixel.
@Suite struct CanvasTests {
  private let black = Color(0x000000)

  private func canvas(_ width: Int = 40, _ height: Int = 40, scale: Double = 1) throws -> Canvas {
    try Canvas(pixelWidth: width, pixelHeight: height, scale: scale)
  }

  private func area(_ draw: (inout Canvas) -> Void) throws -> Double {
    var canvas = try canvas()
    draw(&canvas)
    return try canvas.inkedArea()
  }

  @Test func everyPixelOfARectangleIsCoveredByItsShare() throws {
    var canvas = try canvas(8, 9)
    canvas.fill(.rectangle(Rect(x: 1.25, y: 2.5, width: 3.5, height: 4.25)), black)
    let picture = try canvas.decoded()
    for y in 0..<9 {
      for x in 0..<8 {
        let width = max(0, min(4.75, Double(x + 1)) - max(1.25, Double(x)))
        let height = max(0, min(6.75, Double(y + 1)) - max(2.5, Double(y)))
        let expected = 255 * (1 - width * height)
        #expect(abs(Double(picture.color(x, y)[0]) - expected) <= 0.51, "pixel \(x), \(y)")
      }
    }
  }

  @Test func flatEdgesAreExact() throws {
    // A right triangle over 16 columns with a slope of 1 / 8: half of 16 × 2.
    let triangle = Path([Point(4, 10), Point(20, 10), Point(20, 12)], closed: true)
    #expect(abs(try area { $0.fill(triangle, black) } - 16) < 0.05)
    var canvas = try canvas()
    canvas.fill(triangle, black)
    // In column 10 the triangle is from 6 / 8 to 7 / 8 of a pixel high.
    #expect(abs(try canvas.decoded().color(10, 10)[0] - Int((255 * (1 - 6.5 / 8)).rounded())) <= 1)
  }

  @Test func circlesAndRings() throws {
    let circle = Path.circle(Point(20.3, 19.6), radius: 12.5)
    #expect(abs(try area { $0.fill(circle, black) } - .pi * 12.5 * 12.5) < 0.6)
    #expect(abs(try area { $0.stroke(circle, Stroke(3), black) } - 2 * .pi * 12.5 * 3) < 0.6)
  }

  @Test(arguments: [(Stroke.Cap.butt, 30.0), (.square, 39.0), (.round, 30 + .pi * 1.5 * 1.5)])
  func caps(cap: Stroke.Cap, expected: Double) throws {
    let slanted = Path.line(Point(10, 10), Point(16, 18))
    #expect(abs(try area { $0.stroke(slanted, Stroke(3, cap: cap), black) } - expected) < 0.15)
  }

  @Test(arguments: [(Stroke.Join.miter, 40.0), (.round, 39 + .pi / 4)])
  func joins(join: Stroke.Join, expected: Double) throws {
    let corner = Path([Point(5, 5), Point(15, 5), Point(15, 15)])
    #expect(abs(try area { $0.stroke(corner, Stroke(2, join: join), black) } - expected) < 0.1)
    let turned = Path([Point(15, 15), Point(15, 5), Point(5, 5)])
    #expect(abs(try area { $0.stroke(turned, Stroke(2, join: join), black) } - expected) < 0.1)
  }

  @Test func dashes() throws {
    // The dashes are 0 to 2, 5 to 7, and 10 to 12, with a corner at 6.
    let path = Path([Point(5, 5), Point(11, 5), Point(11, 11)])
    let drawn = try area { $0.stroke(path, Stroke(1, join: .miter, dashes: [2, 3]), black) }
    #expect(abs(drawn - 6) < 0.05)
  }

  @Test func overlappingStrokesCountOnce() throws {
    let cross = Path([Point(5, 20), Point(35, 20), Point(35, 10), Point(20, 10), Point(20, 35)])
    var canvas = try canvas()
    canvas.stroke(cross, Stroke(4), black.opacity(0.5))
    let picture = try canvas.decoded()
    #expect(picture.color(20, 20) == picture.color(10, 20))
  }

  @Test func theClipCutsOnAllSides() throws {
    let clip = Rect(x: 10, y: 12, width: 7, height: 5)
    let shapes = [
      Path.rectangle(Rect(x: -1e5, y: -1e5, width: 2e5, height: 2e5)),
      Path([Point(-90, -100), Point(400, 14), Point(-90, 130)], closed: true),
    ]
    for shape in shapes {
      let drawn = try area {
        $0.clip = clip
        $0.fill(shape, black)
      }
      #expect(abs(drawn - 35) < 1e-6)
    }
    let beside = try area {
      $0.clip = clip
      $0.fill(.circle(Point(8, 8), radius: 1.5), black)
      $0.fill(.circle(Point(30, 14), radius: 5), black)
    }
    #expect(beside == 0)
  }

  @Test func aClippedEdgeKeepsItsShape() throws {
    // The half plane above the diagonal from (0, 0) to (40, 40), seen through a square on the diagonal: half of it.
    let drawn = try area {
      $0.clip = Rect(x: 10, y: 10, width: 20, height: 20)
      $0.fill(Path([Point(-50, -50), Point(90, 90), Point(90, -50)], closed: true), black)
    }
    #expect(abs(drawn - 200) < 0.1)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
  func hostileCoordinatesDoNoHarm(value: Double) throws {
    var canvas = try canvas()
    canvas.clip = Rect(x: value, y: 0, width: value, height: 10)
    canvas.fill(.circle(Point(value, 5), radius: 3), black)
    canvas.clip = nil
    canvas.stroke(Path([Point(0, 0), Point(value, 5), Point(10, value)]), Stroke(1, dashes: [1, 1]), black)
    canvas.stroke(.line(Point(0, 0), Point(5, 5)), Stroke(value), black)
    canvas.write("text", at: Point(value, value), .init(value))
    #expect(try canvas.decoded().width == 40)
  }

  @Test func opacityMixes() throws {
    var canvas = try canvas(2, 2)
    canvas.fill(.rectangle(canvas.bounds), Color(0x0072B2, alpha: 0.25))
    #expect(try canvas.decoded().color(0, 0) == [191, 220, 236])
  }
}

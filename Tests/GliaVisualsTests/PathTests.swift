import Foundation
import GliaVisuals
import Testing

/// Compares arcs, curves, overlaps, and dashes with exact areas.
@Suite struct PathTests {
  private let black = Color(0x000000)

  /// Every edge pixel is rounded to one of 255 levels, which adds up to a few tenths of a pixel.
  private func area(_ draw: (inout Canvas) -> Void) throws -> Double {
    var canvas = try Canvas(pixelWidth: 60, pixelHeight: 60)
    draw(&canvas)
    return try canvas.inkedArea()
  }

  private func expect(
    _ area: Double, within tolerance: Double, location: SourceLocation = #_sourceLocation,
    _ draw: (inout Canvas) -> Void
  ) throws {
    let drawn = try self.area(draw)
    #expect(abs(drawn - area) < tolerance, "\(drawn) instead of \(area)", sourceLocation: location)
  }

  @Test func aPieceOfACircle() throws {
    var sector = Path()
    sector.move(to: Point(30, 30))
    sector.arc(center: Point(30, 30), radius: 20, from: 0.3, to: 0.3 + 1.7)
    sector.close()
    try expect(1.7 / 2 * 400, within: 0.3) { $0.fill(sector, black) }
    var backwards = Path()
    backwards.move(to: Point(30, 30))
    backwards.arc(center: Point(30, 30), radius: 20, from: 2, to: 0.3)
    backwards.close()
    try expect(1.7 / 2 * 400, within: 0.3) { $0.fill(backwards, black) }
  }

  @Test func aTurnedEllipse() throws {
    var ellipse = Path()
    ellipse.arc(center: Point(30, 30), radii: Point(24, 9), turned: 0.7, from: 0, to: 2 * .pi)
    ellipse.close()
    try expect(.pi * 24 * 9, within: 0.4) { $0.fill(ellipse, black) }
  }

  @Test func aParabola() throws {
    // A quadratic curve over its chord: two thirds of the triangle of its control points, 40 × 30 / 2.
    var parabola = Path()
    parabola.move(to: Point(10, 40))
    parabola.curve(Point(27, 10), to: Point(50, 40))
    parabola.close()
    try expect(400, within: 0.3) { $0.fill(parabola, black) }
  }

  @Test func roundedCorners() throws {
    let plate = Path.rectangle(Rect(x: 10, y: 10, width: 40, height: 20), rounded: 6)
    try expect((800 - (4 - .pi) * 36), within: 0.3) { $0.fill(plate, black) }
    let pill = Path.rectangle(Rect(x: 10, y: 10, width: 40, height: 20), rounded: 99)
    try expect((400 + .pi * 100), within: 0.3) { $0.fill(pill, black) }
  }

  @Test(arguments: [0.1, 0.5, 1.2]) func turnedSquares(angle: Double) throws {
    let corners = (0..<4).map { i in
      let a = angle + Double(i) * .pi / 2
      return Point(30 + 20 * cos(a), 30 + 20 * sin(a))
    }
    try expect(800, within: 0.2) { $0.fill(Path(corners, closed: true), black) }
  }

  @Test func overlapsCountOnce() throws {
    // Two squares of 20 × 20 that share 10 × 10.
    var squares = Path.rectangle(Rect(x: 10, y: 10, width: 20, height: 20))
    squares.append(.rectangle(Rect(x: 20, y: 20, width: 20, height: 20)))
    try expect(700, within: 1e-6) { $0.fill(squares, black) }
  }

  @Test func aRingOfOppositePieces() throws {
    var ring = Path.circle(Point(30, 30), radius: 20)
    ring.arc(center: Point(30, 30), radius: 10, from: 2 * .pi, to: 0)
    ring.close()
    try expect(.pi * 300, within: 0.4) { $0.fill(ring, black) }
  }

  @Test func bevels() throws {
    let corner = Path([Point(5, 5), Point(15, 5), Point(15, 15)])
    try expect(39.5, within: 0.05) { $0.stroke(corner, Stroke(2, join: .bevel), black) }
  }

  @Test func thickRoundCornersAreRound() throws {
    // A turn of 0.3 with half a width of 14: the outer side is an arc, not a point.
    let path = Path([Point(-100, 30), Point(30, 30), Point(30 + 100 * cos(0.3), 30 + 100 * sin(0.3))])
    let round = try area { $0.stroke(path, Stroke(28), black) }
    let miter = try area { $0.stroke(path, Stroke(28, join: .miter), black) }
    #expect(abs(miter - round - 196 * (tan(0.15) - 0.15)) < 0.1)
  }

  @Test func oneLengthIsDashAndGap() throws {
    let line = Path.line(Point(10, 10), Point(34, 10))
    let even = try area { $0.stroke(line, Stroke(2, dashes: [4]), black) }
    #expect(abs(even - 24) < 0.05)
    try expect(2 * (4 + 2 + 1 + 4 + 2), within: 0.05) { $0.stroke(line, Stroke(2, dashes: [4, 1, 2]), black) }
  }

  @Test func dotsAreRoundDashesWithoutLength() throws {
    let dots = try area {
      $0.stroke(.line(Point(10, 10), Point(49, 10)), Stroke(4, cap: .round, dashes: [0, 10]), black)
    }
    #expect(abs(dots - 4 * .pi * 4) < 0.3)
  }

  @Test func dashesFarOutsideKeepTheirPhase() throws {
    // Dashes of 2 and gaps of 3 from -1e6 on: 0 to 2, 5 to 7, ... up to 60.
    for shift in 0..<5 {
      var canvas = try Canvas(pixelWidth: 60, pixelHeight: 60)
      let line = Path.line(Point(-1e6 + Double(shift), 20.5), Point(1e6, 20.5))
      canvas.stroke(line, Stroke(1, dashes: [2, 3]), black)
      #expect(abs(try canvas.inkedArea() - 24) < 0.15)
      let picture = try canvas.decoded()
      #expect((5..<10).map { picture.color($0 + shift, 20)[0] < 9 } == [true, true, false, false, false])
    }
  }

  @Test(.timeLimit(.minutes(5))) func hostilePathsDoNoHarm() throws {
    var path = Path()
    path.line(to: Point(3, 3))
    path.curve(Point(.nan, 1), to: Point(9, 9))
    path.close()
    path.line(to: Point(40, 50))
    for value in [Double.nan, .infinity, -.infinity, 1e300, -1e300, 0] {
      path.arc(center: Point(10, 10), radius: value, from: value, to: -value)
      path.arc(center: Point(10, 10), radii: Point(value, 3), turned: value, from: 0, to: 1e300)
      path.append(.rectangle(Rect(x: 1, y: 1, width: value, height: 3), rounded: value))
      path.move(to: Point(value, 3))
      path.line(to: Point(-value, 30))
    }
    path.append(Path(Array(repeating: Point(5, 5), count: 1000), closed: true))
    path.append(Path((0..<200).map { Point(Double($0 % 60), Double($0 * 7 % 60)) }))
    var canvas = try Canvas(pixelWidth: 60, pixelHeight: 60)
    canvas.fill(path, black)
    let dashes: [[Double]] = [
      [], [1e-3, 1e-3], [0, 0], [.nan, 1], [-1, 2], [.infinity, 1], [3, 3], [0.6, 0, 0, 0],
    ]
    for (dashes, width) in zip(dashes, [1, .nan, 0, -3, 1, 1e300, 1, 2]) {
      canvas.stroke(path, Stroke(width, cap: .round, dashes: dashes), black.opacity(.nan))
      canvas.stroke(.line(Point(-1e6, 0), Point(1e6, 60)), Stroke(1, dashes: dashes), black)
    }
    #expect(try canvas.decoded().width == 60)
  }
}

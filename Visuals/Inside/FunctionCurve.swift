/// The graph of a function of one variable that may jump: its pieces are found, and joined to none.
struct FunctionCurve {
  /// A stretch without a jump.
  struct Piece {
    var points: [Point]
    /// Whether the function jumps there, and the end point belongs to another piece.
    var isOpenAtStart = false
    var isOpenAtEnd = false
    /// Whether the function jumps there, and the end point belongs to this piece.
    var isClosedAtStart = false
    var isClosedAtEnd = false
  }

  private(set) var pieces: [Piece] = []
  /// Whether the function is not finite somewhere.
  private(set) var isBroken = false

  /// Asks `function` at `samples` + 1 places of `domain`; what changes by less than a thousandth of `height` is not a jump.
  init(
    of function: (Double) -> Double, over domain: ClosedRange<Double>, samples: Int, height: Scale
  ) {
    let least = (height.high - height.low) / 1000
    let step = (domain.upperBound - domain.lowerBound) / Double(samples)
    let middle = domain.lowerBound + (domain.upperBound - domain.lowerBound) / 2
    // Counted from the middle, so that 0 is met exactly where it is there.
    let places = (0...samples).map { middle + (Double($0) - Double(samples) / 2) * step }
    let points = places.map { Point($0, function($0)) }
    var piece = Piece(points: [])
    for point in points {
      guard point.y.isFinite else {
        isBroken = true
        finish(&piece)
        continue
      }
      if let last = piece.points.last, abs(point.y - last.y) > 5 * least {
        let (left, right) = Self.narrowed(last, point, function)
        if abs(right.y - left.y) > least {
          // The side whose place is the rounder number holds the value of the jump.
          let rightHolds = Self.roundness(right.x) >= Self.roundness(left.x)
          piece.points.append(left)
          (piece.isOpenAtEnd, piece.isClosedAtEnd) = (rightHolds, !rightHolds)
          finish(&piece)
          piece = Piece(points: [right], isOpenAtStart: !rightHolds, isClosedAtStart: rightHolds)
        }
      }
      piece.points.append(point)
    }
    finish(&piece)
  }

  private mutating func finish(_ piece: inout Piece) {
    if !piece.points.isEmpty { pieces.append(piece) }
    piece = Piece(points: [])
  }

  /// The two neighboring numbers, as a float holds them, between which the function changes most.
  private static func narrowed(_ a: Point, _ b: Point, _ function: (Double) -> Double) -> (Point, Point) {
    var (a, b) = (a, b)
    while true {
      let middle = Double(Float(a.x / 2 + b.x / 2))
      guard middle > a.x, middle < b.x else { return (a, b) }
      let point = Point(middle, function(middle))
      guard point.y.isFinite else { return (a, b) }
      if abs(point.y - a.y) > abs(b.y - point.y) { b = point } else { a = point }
    }
  }

  /// How many bits at the end of a number are 0; a jump lies at 0 or 0.5 rather than just beside it.
  private static func roundness(_ value: Double) -> Int {
    value == 0 ? 64 : value.significandBitPattern == 0 ? 52 : value.significandBitPattern.trailingZeroBitCount
  }

  /// Draws the pieces.
  func draw(on canvas: inout Canvas, _ plot: Plot, _ style: (color: Color, stroke: Stroke)) {
    var path = Path()
    for piece in pieces { path.append(Path(piece.points.map { plot.place($0.x, $0.y) })) }
    canvas.stroke(path, style.stroke, style.color)
  }

  /// Draws dots where the function jumps: hollow where it does not have the value, filled where it has.
  func drawEnds(on canvas: inout Canvas, _ plot: Plot, _ color: Color, radius: Double) {
    func dots(_ points: [Point?], _ inside: Color) {
      for place in points.compactMap({ $0 }).map({ plot.place($0.x, $0.y) }) {
        canvas.fill(.circle(place, radius: radius), inside)
        canvas.stroke(.circle(place, radius: radius), Stroke(1.2), color)
      }
    }
    dots(
      pieces.flatMap { [$0.isOpenAtStart ? $0.points.first : nil, $0.isOpenAtEnd ? $0.points.last : nil] },
      plot.theme.page)
    dots(
      pieces.flatMap { [$0.isClosedAtStart ? $0.points.first : nil, $0.isClosedAtEnd ? $0.points.last : nil] }, color)
  }
}

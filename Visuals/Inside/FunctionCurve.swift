/// The graph of a function of one variable with jumps, split into its continuous pieces.
struct FunctionCurve {
  /// A piece without a jump.
  struct Piece {
    var points: [Point]
    /// Whether the function jumps at the end and the end point doesn't belong to this piece.
    var isOpenAtStart = false
    var isOpenAtEnd = false
    /// Whether the function jumps at the end and the end point belongs to this piece.
    var isClosedAtStart = false
    var isClosedAtEnd = false
  }

  private(set) var pieces: [Piece] = []
  /// Whether the function is not finite at some point.
  private(set) var isBroken = false

  /// Evaluates `function` at `samples` + 1 points of `domain`; a change by less than a thousandth of `height` is not a
  /// jump.
  init(
    of function: (Double) -> Double, over domain: ClosedRange<Double>, samples: Int, height: Scale
  ) {
    let least = (height.high - height.low) / 1000
    let step = (domain.upperBound - domain.lowerBound) / Double(samples)
    let middle = domain.lowerBound + (domain.upperBound - domain.lowerBound) / 2
    // Counting from the middle hits 0 exactly if 0 is there.
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
          // The side at the rounder number is taken to hold the value at the jump.
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

  /// Returns the two adjacent single-precision numbers between which the function jumps.
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

  /// Returns the number of trailing zero bits; a jump is more likely at 0 or 0.5 than right next to it.
  private static func roundness(_ value: Double) -> Int {
    value == 0 ? 64 : value.significandBitPattern == 0 ? 52 : value.significandBitPattern.trailingZeroBitCount
  }

  /// Draws the pieces.
  func draw(on canvas: inout Canvas, _ plot: Plot, _ style: (color: Color, stroke: Stroke)) {
    var path = Path()
    for piece in pieces { path.append(Path(piece.points.map { plot.place($0.x, $0.y) })) }
    canvas.stroke(path, style.stroke, style.color)
  }

  /// Draws dots at jumps: filled where the function has the value, hollow where it doesn't.
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

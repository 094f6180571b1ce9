/// The skeleton of one character, in thousandths of the size, y growing upward from the baseline.
struct Glyph: Sendable {
  enum Part {
    /// A line drawn with the pen.
    case line(Trace)
    /// The inside of a path.
    case area(Path)
    /// A dot at a height, with its size relative to a period.
    case dot(Point, Double)
    /// Another glyph, perhaps smaller.
    case glyph(Glyph, at: Point, scale: Double)
  }

  struct Trace {
    var path = Path()
    /// The width of the line at the end of path elements, where it is not full.
    var nibs: [Int: Nib] = [:]
    var start = End.across
    var end = End.across
  }

  /// The width of a line: slightly reduced at the apex of an A, strongly reduced where it joins another line.
  enum Nib { case full, apex, joint }

  /// The end of a line: cut across, or cut horizontally along the upper or lower edge of a horizontal line at that
  /// height.
  enum End { case across, upper, lower }

  /// The character it stands for.
  let name: Character
  /// The distance from the origin of this glyph to that of the next.
  let advance: Int
  let parts: [Part]
  /// The shapes of its sides, for kerning.
  var sides = Kerning.Sides()
  /// The heights of horizontal lines.
  var flats: [Double] = []
  /// The height around which a sign is centered if it doesn't stand on the baseline.
  var axis: Double?
  /// The height of the letter, at which accents are placed.
  var top = 700.0
}

extension Glyph {
  /// Parses a skeleton in the language of ``Letters``, which may refer to `glyphs`.
  init(_ skeleton: String, name: Character, glyphs: [Character: Glyph] = [:]) {
    var reader = Reader(words: skeleton.split(separator: " "), glyphs: glyphs)
    let advance = Int(reader.number())
    while let word = reader.word() { reader.apply(word) }
    reader.finish()
    self.init(
      name: name, advance: advance, parts: reader.parts, sides: Kerning.sides(of: name),
      flats: Set(reader.flats).sorted(), axis: reader.axis, top: reader.top > 560 ? 700 : 500)
  }
}

private struct Reader {
  private let words: [Substring]
  private let glyphs: [Character: Glyph]
  private var next = 0
  private(set) var parts: [Glyph.Part] = []
  private(set) var flats: [Double] = []
  private(set) var axis: Double?
  private(set) var top = 0.0
  private var trace = Glyph.Trace()
  private var here = Point(0, 0)
  /// The previous point, which gives the direction of the line.
  private var before = Point(0, 0)
  private var isStartCut = false
  private var isArea = false
  private var nib = Glyph.Nib.full

  init(words: [Substring], glyphs: [Character: Glyph]) {
    self.words = words
    self.glyphs = glyphs
  }

  mutating func word() -> Substring? {
    guard next < words.count else { return nil }
    next += 1
    return words[next - 1]
  }

  mutating func number() -> Double { word().flatMap { Double($0) } ?? 0 }

  private mutating func point() -> Point {
    let point = Point(number(), number())
    top = max(top, point.y)
    return point
  }

  /// Finishes the current line or area.
  mutating func finish() {
    defer { trace = Glyph.Trace() }
    let elements = trace.path.elements
    guard !elements.isEmpty else { return }
    if isArea { return parts.append(.area(trace.path)) }
    if nib != .full { for index in elements.indices { trace.nibs[index] = nib } }
    parts.append(.line(trace))
  }

  mutating func apply(_ word: Substring) {
    switch word {
    case "A": axis = number()
    case "D": parts.append(.dot(point(), 1))
    case "O": parts.append(.dot(point(), number()))
    case "G":
      finish()
      guard let glyph = glyphs[self.word()?.first ?? " "] else { return }
      top = max(top, glyph.top)
      parts.append(.glyph(glyph, at: point(), scale: number()))
    case "F":
      finish()
      isArea = true
    case "S": narrow(.apex)
    case "T": narrow(.joint)
    case "s": trace.nibs[trace.path.elements.count - 1] = .apex
    case "t": trace.nibs[trace.path.elements.count - 1] = .joint
    case "f": cut()
    case "M":
      if !isArea { finish() }
      isStartCut = false
      here = point()
      trace.path.move(to: here)
    case "L": line(to: point())
    case "H":
      flats.append(here.y)
      line(to: Point(number(), here.y))
    case "V":
      line(to: Point(here.x, number()))
      top = max(top, here.y)
    case "C": curve(point(), point(), point())
    case "h": quarter(to: point(), leavingHorizontally: true)
    case "v": quarter(to: point(), leavingHorizontally: false)
    case "c": circle(around: point(), radius: number())
    case "Z":
      trace.path.close()
      (trace.start, trace.end) = (.across, .across)
    default: break
    }
  }

  private mutating func narrow(_ nib: Glyph.Nib) {
    finish()
    self.nib = nib
  }

  /// Cuts the last end horizontally.
  private mutating func cut() {
    flats.append(here.y)
    if trace.path.elements.count == 1 { isStartCut = true } else { trace.end = here.y > before.y ? .upper : .lower }
  }

  private mutating func line(to end: Point) {
    ends(first: end, last: here, end)
    trace.path.line(to: end)
    here = end
  }

  private mutating func curve(_ first: Point, _ second: Point, _ end: Point) {
    if first.y == here.y { flats.append(here.y) }
    if second.y == end.y { flats.append(end.y) }
    ends(first: first, last: second, end)
    trace.path.curve(first, second, to: end)
    here = end
  }

  /// Records the ends of a line from the current point to `end` with the control points `first` and `last`.
  ///
  /// A line that reaches a typographic line is cut along it.
  private mutating func ends(first: Point, last: Point, _ end: Point) {
    func form(_ end: Point, _ inner: Point, isCut: Bool) -> Glyph.End {
      let isSteep = abs(end.y - inner.y) > 0.3 * abs(end.x - inner.x)
      let isCut = isCut || isSteep && [-200, 0, 500, 700].contains(end.y)
      return !isCut ? .across : end.y > inner.y ? .upper : .lower
    }
    if trace.path.elements.count == 1 { trace.start = form(here, first, isCut: isStartCut) }
    trace.end = form(end, last, isCut: false)
    before = last
  }

  private mutating func circle(around center: Point, radius: Double) {
    if !isArea {
      finish()
      flats += [center.y - radius, center.y + radius]
    }
    trace.path.append(.circle(center, radius: radius))
  }

  /// Adds a quarter arc slightly fuller than that of an ellipse, which keeps small bowls open.
  private mutating func quarter(to end: Point, leavingHorizontally: Bool) {
    let fullness = 0.585
    let corner = leavingHorizontally ? Point(end.x, here.y) : Point(here.x, end.y)
    curve(here + (corner - here) * fullness, end + (corner - end) * fullness, end)
  }
}

/// The skeleton of one character.
struct Glyph: Sendable {
  enum Part: Sendable {
    case stroke(Path)
    case shape(Path)
    case bar(Point, Point)
    case dot(Point)
  }

  let advance: Double
  let parts: [Part]

  /// Reads a skeleton written in the language of ``Letters``.
  init(_ skeleton: String) {
    var reader = Reader(words: skeleton.split(separator: " "))
    advance = reader.number()
    while let word = reader.word() { reader.apply(word) }
    reader.finish()
    parts = reader.parts
  }

  private struct Reader {
    let words: [Substring]
    var next = 0
    var parts: [Part] = []
    private var path = Path()
    private var here = Point(0, 0)
    private var isShape = false

    init(words: [Substring]) { self.words = words }

    mutating func word() -> Substring? {
      guard next < words.count else { return nil }
      next += 1
      return words[next - 1]
    }

    mutating func number() -> Double { word().flatMap { Double($0) } ?? 0 }
    mutating func point() -> Point { Point(number(), number()) }

    mutating func finish() {
      if !path.elements.isEmpty { parts.append(isShape ? .shape(path) : .stroke(path)) }
      path = Path()
    }

    mutating func apply(_ word: Substring) {
      switch word {
      case "F": isShape = true
      case "D": parts.append(.dot(point()))
      case "B": parts.append(.bar(point(), point()))
      case "Z": path.close()
      case "M":
        if !isShape { finish() }
        here = point()
        path.move(to: here)
      case "L": line(to: point())
      case "H": line(to: Point(number(), here.y))
      case "V": line(to: Point(here.x, number()))
      case "C": curve(point(), point(), point())
      case "h": quarter(to: point(), leavingHorizontally: true)
      case "v": quarter(to: point(), leavingHorizontally: false)
      default: break
      }
    }

    private mutating func line(to end: Point) {
      path.line(to: end)
      here = end
    }

    private mutating func curve(_ first: Point, _ second: Point, _ end: Point) {
      path.curve(first, second, to: end)
      here = end
    }

    /// A quarter a little fuller than an ellipse's, which keeps small bowls open.
    private mutating func quarter(to end: Point, leavingHorizontally: Bool) {
      let fullness = 0.585
      let corner = leavingHorizontally ? Point(end.x, here.y) : Point(here.x, end.y)
      curve(here + (corner - here) * fullness, end + (corner - end) * fullness, end)
    }
  }
}

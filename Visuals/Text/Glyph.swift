/// The skeleton of one character, in thousandths of the size, y growing upward from the baseline.
struct Glyph: Sendable {
  enum Part {
    /// A line drawn with the pen.
    case line(Trace)
    /// The inside of a path.
    case area(Path)
    /// A dot that stands at a height, larger than a full stop by a factor.
    case dot(Point, Double)
    /// Another glyph, perhaps smaller.
    case glyph(Glyph, at: Point, scale: Double)
  }

  struct Trace {
    var path = Path()
    /// How wide the line is at the end of the elements of the path, where it is not full.
    var nibs: [Int: Nib] = [:]
    var start = End.across
    var end = End.across
  }

  /// How wide a line is: a little less at the apex of an A, much less where it leaves another line.
  enum Nib { case full, apex, joint }

  /// How a line ends: cut across, or horizontally along the upper or lower edge of a line that would lie there.
  enum End { case across, upper, lower }

  /// The character it stands for.
  let name: Character
  /// From the origin of this character to that of the next.
  let advance: Int
  let parts: [Part]
  /// How it fits its neighbors.
  var sides = Kerning.Sides()
  /// The heights at which lines lie.
  var flats: [Double] = []
  /// The height around which a sign is drawn that does not stand on the baseline.
  var axis: Double?
  /// The height of the letter, on which accents are put.
  var top = 700.0
}

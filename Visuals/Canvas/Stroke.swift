/// How a line is drawn: its width, its ends, its corners, its dashes.
public struct Stroke: Hashable, Sendable {
  /// The form of an end.
  public enum Cap: Hashable, Sendable {
    /// Cut at the end point.
    case butt
    /// Cut half a width beyond it.
    case square
    /// A half circle around it.
    case round
  }

  /// The form of a corner.
  public enum Join: Hashable, Sendable {
    /// The sides are prolonged to a point, unless that is further than four half widths away.
    case miter
    /// A circle around the corner.
    case round
    /// Cut straight across.
    case bevel
  }

  /// The width.
  public var width: Double
  /// The form of both ends.
  public var cap: Cap
  /// The form of the corners.
  public var join: Join
  /// Lengths drawn and left out in turn; none for an unbroken line.
  public var dashes: [Double]

  /// A line of `width`, unbroken with round corners unless told otherwise.
  public init(_ width: Double, cap: Cap = .butt, join: Join = .round, dashes: [Double] = []) {
    self.width = width
    self.cap = cap
    self.join = join
    self.dashes = dashes
  }

  /// The stroke with all its lengths multiplied.
  func scaled(by factor: Double) -> Stroke {
    Stroke(width * factor, cap: cap, join: join, dashes: dashes.map { $0 * factor })
  }
}

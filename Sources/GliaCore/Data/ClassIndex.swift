/// Maps class labels to the indices of the known classes: by their text first, then by their exact decimal value.
///
/// A model with the classes 007 and A1 recognizes 007 only as it is written; one with 1 and 2 also recognizes 1.0.
public struct ClassIndex: Sendable {
  private let places: [String: Int]
  /// Nil for a value shared by several classes.
  private let values: [DecimalValue: Int?]

  /// Creates an index of the classes, in order.
  public init(_ classes: [String]) {
    places = Dictionary(zip(classes, classes.indices), uniquingKeysWith: { first, _ in first })
    values = Dictionary(
      classes.enumerated().compactMap { place, name in DecimalValue(name).map { ($0, place) } },
      uniquingKeysWith: { _, _ in nil })
  }

  /// The index of a class; nil if it is unknown.
  public subscript(_ label: String) -> Int? {
    places[label] ?? DecimalValue(label).flatMap { values[$0] ?? nil }
  }
}

/// Where classes stand among those that are known: by their text first, then by their exact decimal value.
///
/// A model of the classes 007 and A1 knows 007 as it is written; one of 1 and 2 knows 1.0, too.
public struct ClassIndex: Sendable {
  private let places: [String: Int]
  /// Nil for a value that several classes have.
  private let values: [DecimalValue: Int?]

  /// The classes in their order.
  public init(_ classes: [String]) {
    places = Dictionary(zip(classes, classes.indices), uniquingKeysWith: { first, _ in first })
    values = Dictionary(
      classes.enumerated().compactMap { place, name in DecimalValue(name).map { ($0, place) } },
      uniquingKeysWith: { _, _ in nil })
  }

  /// The place of a class; nil if it is unknown.
  public subscript(_ label: String) -> Int? {
    places[label] ?? DecimalValue(label).flatMap { values[$0] ?? nil }
  }
}

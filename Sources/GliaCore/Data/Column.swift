/// One column of a table: a name, and cells with numbers or text.
public struct Column: Hashable, Sendable {
  /// The cells of a column.
  public enum Cells: Hashable, Sendable {
    /// Numbers.
    case numbers([Double])
    /// Text, such as the names of classes.
    case text([String])
  }

  /// The name in the header.
  public var name: String
  /// The cells, one per sample.
  public var cells: Cells { didSet { written = nil } }
  /// Whether the numbers are classes, if the data source knows; text always is.
  public var holdsClasses = false
  /// The text the numbers were read from, if it cannot be reproduced from them (007, 1.0, 100000001234567890123); otherwise
  /// nil.
  public private(set) var written: [String]?

  /// Creates a column of numbers.
  public init(_ name: String, _ numbers: [Float]) { self.init(name, numbers: numbers.map(Double.init)) }
  /// Creates a column of text.
  public init(_ name: String, text: [String]) { (self.name, cells) = (name, .text(text)) }
  /// Creates a column of numbers that were read from `written`; as classes they keep that form.
  public init(_ name: String, numbers: [Double], written: [String]? = nil) {
    (self.name, cells) = (name, .numbers(numbers))
    self.written = written.flatMap { zip(numbers, $0).allSatisfy { Self.label($0) == $1 } ? nil : $0 }
  }

  /// The column with its numbers marked as classes.
  public var asClasses: Column {
    var copy = self
    copy.holdsClasses = true
    return copy
  }

  /// The number of cells.
  public var count: Int {
    switch cells {
    case .numbers(let numbers): numbers.count
    case .text(let text): text.count
    }
  }

  /// The cells as class names. Numbers with the same exact decimal value are one class, named by the shortest of their forms:
  /// 1, 1.0 and 1e0 are 1; 007 stays 007 if there is no 7.
  public var labels: [String] {
    switch cells {
    case .numbers(let numbers):
      guard let written else { return numbers.map(Self.label) }
      let names = Self.names(of: written)
      return written.map { names[$0] ?? $0 }
    case .text(let text): return text
    }
  }

  /// The cells as written, by which classes are looked up among the known ones; see ``ClassIndex``.
  public var texts: [String] {
    switch cells {
    case .numbers(let numbers): written ?? numbers.map(Self.label)
    case .text(let text): text
    }
  }

  /// The distinct cells in order: numerically for numbers, lexicographically for text.
  public var classes: [String] {
    switch cells {
    case .numbers(let numbers):
      guard written != nil else { return Set(numbers).sorted().map(Self.label) }
      return Self.sorted(Set(labels))
    case .text(let text): return Self.sorted(Set(text))
    }
  }

  /// Returns the cells as numbers; throws for text, and for numbers beyond single precision.
  public func numbers() throws -> [Float] {
    let numbers = try doubles().map { Float($0) }
    if let row = numbers.firstIndex(where: { !$0.isFinite }) {
      throw GliaError(
        "a target is too large for single precision", at: "column '\(name.excerpt)', sample \(row)",
        expected: "a number up to 3.4e38", remedy: "change its unit")
    }
    return numbers
  }

  /// Returns the cells as numbers in double precision; throws for text.
  public func doubles() throws -> [Double] {
    switch cells {
    case .numbers(let numbers): return numbers
    case .text(let text):
      let row = text.firstIndex { DecimalValue($0) == nil } ?? 0
      let cell = text.isEmpty ? "" : text[row]
      throw GliaError(
        "\(CellKind(of: cell).telling(of: cell)) in a column of numbers",
        at: "column '\(name.excerpt)', sample \(row)",
        expected: "a number", remedy: "correct the cell, or use a classification loss to treat the column as classes")
    }
  }

  /// Returns the column with the cells at `indices`.
  func gathering(_ indices: [Int]) -> Column {
    switch cells {
    case .numbers(let numbers):
      var column = Column(name, numbers: indices.map { numbers[$0] })
      column.holdsClasses = holdsClasses
      column.written = written.map { written in indices.map { written[$0] } }
      return column
    case .text(let text): return Column(name, text: indices.map { text[$0] })
    }
  }

  /// Returns the name of each written form: the shortest form with the same exact value; of equally short ones, the first in
  /// lexicographic order.
  private static func names(of written: [String]) -> [String: String] {
    let forms = Set(written).compactMap { form in DecimalValue(form).map { (form: form, value: $0) } }
    let names = Dictionary(
      forms.map { ($0.value, $0.form) }, uniquingKeysWith: { ($0.utf8.count, $0) < ($1.utf8.count, $1) ? $0 : $1 })
    return Dictionary(uniqueKeysWithValues: forms.map { ($0.form, names[$0.value] ?? $0.form) })
  }

  /// Returns names in order: numerically if all are numbers.
  private static func sorted(_ names: Set<String>) -> [String] {
    let values = names.compactMap { name in DecimalValue(name).map { (value: $0, name: name) } }
    guard values.count == names.count else { return names.sorted() }
    return values.sorted { ($0.value, $0.name) < ($1.value, $1.name) }.map(\.name)
  }

  /// Returns the shortest form of a number, without `.0` if it is whole; in single precision if that is exact.
  static func label(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return "\(whole)" }
    let single = Float(number)
    return Double(single) == number ? "\(single)" : "\(number)"
  }
}

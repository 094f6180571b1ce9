/// One column of a table: a name, and numbers or text.
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
  /// The cells, one a sample.
  public var cells: Cells { didSet { written = nil } }
  /// Whether the numbers stand for classes, as the source of the data knows; text always does.
  public var holdsClasses = false
  /// What the numbers were read from, where they would not give it back (007, 1.0, 100000001234567890123); nil if they do.
  public private(set) var written: [String]?

  /// A column of numbers.
  public init(_ name: String, _ numbers: [Float]) { self.init(name, numbers: numbers.map(Double.init)) }
  /// A column of text.
  public init(_ name: String, text: [String]) { (self.name, cells) = (name, .text(text)) }
  /// A column of numbers that were read from `written`; as classes they keep that form.
  public init(_ name: String, numbers: [Double], written: [String]? = nil) {
    (self.name, cells) = (name, .numbers(numbers))
    self.written = written.flatMap { zip(numbers, $0).allSatisfy { Self.label($0) == $1 } ? nil : $0 }
  }

  /// The column with numbers that stand for classes.
  public var asClasses: Column {
    var copy = self
    copy.holdsClasses = true
    return copy
  }

  /// How many cells.
  public var count: Int {
    switch cells {
    case .numbers(let numbers): numbers.count
    case .text(let text): text.count
    }
  }

  /// The cells as the names of classes. Numbers of one exact decimal value are one class, called as the shortest of its
  /// forms: 1, 1.0 and 1e0 are 1; 007 stays 007 where no 7 is.
  public var labels: [String] {
    switch cells {
    case .numbers(let numbers):
      guard let written else { return numbers.map(Self.label) }
      let names = Self.names(of: written)
      return written.map { names[$0] ?? $0 }
    case .text(let text): return text
    }
  }

  /// The cells as they are written, by which classes are looked up among those that are known; see ``ClassIndex``.
  public var texts: [String] {
    switch cells {
    case .numbers(let numbers): written ?? numbers.map(Self.label)
    case .text(let text): text
    }
  }

  /// The different cells in order: numbers as numbers, text by its characters.
  public var classes: [String] {
    switch cells {
    case .numbers(let numbers):
      guard written != nil else { return Set(numbers).sorted().map(Self.label) }
      return Self.sorted(Set(labels))
    case .text(let text): return Self.sorted(Set(text))
    }
  }

  /// The cells as numbers; throws for text, and for numbers beyond single precision.
  public func numbers() throws -> [Float] {
    let numbers = try doubles().map { Float($0) }
    if let row = numbers.firstIndex(where: { !$0.isFinite }) {
      throw GliaError(
        "a target is too large for single precision", at: "column '\(name.excerpt)', sample \(row)",
        expected: "a number up to 3.4e38", remedy: "change its unit")
    }
    return numbers
  }

  /// The cells as numbers in double precision; throws for text.
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

  /// The cells at `indices`.
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

  /// What each form of a number is called: the shortest form of its exact value, of equally long ones the first by its
  /// characters.
  private static func names(of written: [String]) -> [String: String] {
    let forms = Set(written).compactMap { form in DecimalValue(form).map { (form: form, value: $0) } }
    let names = Dictionary(
      forms.map { ($0.value, $0.form) }, uniquingKeysWith: { ($0.utf8.count, $0) < ($1.utf8.count, $1) ? $0 : $1 })
    return Dictionary(uniqueKeysWithValues: forms.map { ($0.form, names[$0.value] ?? $0.form) })
  }

  /// Names in order: as numbers if all are.
  private static func sorted(_ names: Set<String>) -> [String] {
    let values = names.compactMap { name in DecimalValue(name).map { (value: $0, name: name) } }
    guard values.count == names.count else { return names.sorted() }
    return values.sorted { ($0.value, $0.name) < ($1.value, $1.name) }.map(\.name)
  }

  /// A number in its shortest form; whole numbers lose their `.0`, and those of single precision are written in it.
  static func label(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return "\(whole)" }
    let single = Float(number)
    return Double(single) == number ? "\(single)" : "\(number)"
  }
}

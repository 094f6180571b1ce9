/// One column of a table: a name, and numbers or text.
public struct Column: Hashable, Sendable {
  /// The cells of a column.
  public enum Cells: Hashable, Sendable {
    /// Numbers.
    case numbers([Float])
    /// Text, such as the names of classes.
    case text([String])
  }

  /// The name in the header.
  public var name: String
  /// The cells, one a sample.
  public var cells: Cells

  /// A column of numbers.
  public init(_ name: String, _ numbers: [Float]) { (self.name, cells) = (name, .numbers(numbers)) }
  /// A column of text.
  public init(_ name: String, text: [String]) { (self.name, cells) = (name, .text(text)) }

  /// How many cells.
  public var count: Int {
    switch cells {
    case .numbers(let numbers): numbers.count
    case .text(let text): text.count
    }
  }

  /// The cells as the names of classes; whole numbers lose their `.0`.
  public var labels: [String] {
    switch cells {
    case .numbers(let numbers): numbers.map(Self.label)
    case .text(let text): text
    }
  }

  /// The different cells in order: numbers as numbers, text by its characters.
  public var classes: [String] {
    switch cells {
    case .numbers(let numbers): Set(numbers).sorted().map(Self.label)
    case .text(let text): Set(text).sorted()
    }
  }

  /// The cells as numbers; throws for text.
  public func numbers() throws -> [Float] {
    switch cells {
    case .numbers(let numbers): return numbers
    case .text(let text):
      let row = text.firstIndex { Float($0) == nil } ?? 0
      throw GliaError(
        "text '\((text.isEmpty ? "" : text[row]).excerpt)' in a column of numbers",
        at: "column '\(name)', sample \(row)",
        expected: "a number", remedy: "mend the cell, or use a classification loss to treat the column as classes")
    }
  }

  /// The cells at `indices`.
  func gathering(_ indices: [Int]) -> Column {
    switch cells {
    case .numbers(let numbers): Column(name, indices.map { numbers[$0] })
    case .text(let text): Column(name, text: indices.map { text[$0] })
    }
  }

  static func label(_ number: Float) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }
}

/// A programming language in which programs are written.
protocol SourceLanguage {
  /// Returns a number; it may be negative, infinite or NaN.
  func number(_ value: Double, _ element: SymbolicElement) -> String
  /// Returns a call of a function other than `negative` and `not`; `x` is a whole expression.
  func call(_ function: SymbolicFunction, _ x: String, _ element: SymbolicElement) -> String
  /// Returns a call of `maximum`, `minimum` or `power`.
  func call(_ function: SymbolicOperator, _ a: String, _ b: String, _ element: SymbolicElement) -> String
  /// Returns a call of the function that looks an element of a row of a table up.
  func lookup(_ table: String, rows: Int, width: Int, row: String, column: String, _ element: SymbolicElement) -> String
  /// Returns a statement that sorts `count` elements of an array in descending order.
  func sortDescending(_ array: String, from index: String, count: Int, _ element: SymbolicElement) -> String
  /// Returns a number converted to another type, from an expression whose parentheses are set.
  func cast(_ x: String, to element: SymbolicElement) -> String
  /// Returns the quotient of an index, from an expression whose parentheses are set.
  func quotient(_ index: String, _ divisor: Int) -> String
  /// Returns a declaration without its end.
  func declaration(_ name: String, _ element: SymbolicElement, isConstant: Bool, _ value: String) -> String
  /// Returns the first line of a loop from 0 up to, but not including, `count`, which ends with an opening brace.
  func loop(_ variable: String, _ count: Int) -> String
  /// The end of a statement.
  var end: String { get }
  /// The spaces of one level.
  var indentation: String { get }
}

extension SourceLanguage {
  /// A call of the function `lookup`, which is the same for all types.
  func lookup(
    _ table: String, rows: Int, width: Int, row: String, column: String, _ element: SymbolicElement
  ) -> String {
    "lookup(\(table), \(rows), \(width), \(row), \(column))"
  }
}

/// A function that a program calls, which a language may have to define.
enum SourceCall: Hashable, Sendable {
  case function(SymbolicFunction, SymbolicElement)
  case operation(SymbolicOperator, SymbolicElement)
  case lookup(SymbolicElement)
  case sort(SymbolicElement)
}

/// Writes the statements of a program in a language, and notes what they call.
struct SourceWriter<Language: SourceLanguage> {
  let language: Language
  let program: SourceProgram
  private(set) var calls: Set<SourceCall> = []
  private(set) var lines: [String] = []

  /// Writes the statements of `program`, indented by `level` levels.
  init(_ program: SourceProgram, in language: Language, level: Int) {
    (self.program, self.language) = (program, language)
    write(program.statements, level)
  }

  private mutating func write(_ statements: [SourceStatement], _ level: Int) {
    for statement in statements { write(statement, level) }
  }

  private mutating func write(_ statement: SourceStatement, _ level: Int) {
    let margin = String(repeating: language.indentation, count: level)
    func line(_ text: String) { lines.append(margin + text + language.end) }
    switch statement {
    case .constant(let name, let element, let value):
      let value = text(value)
      line(language.declaration(name, element, isConstant: true, value))
    case .variable(let name, let element, let value):
      let value = text(value)
      line(language.declaration(name, element, isConstant: false, value))
    case .assign(let name, let value):
      let value = text(value)
      line("\(name) = \(value)")
    case .add(let name, let value):
      let value = text(value)
      line("\(name) += \(value)")
    case .store(let array, let index, let value):
      let (place, value) = (text(index), text(value))
      line("\(program.name(of: array))[\(place)] = \(value)")
    case .loop(let variable, let count, let body):
      lines.append(margin + language.loop(variable, count))
      write(body, level + 1)
      lines.append(margin + "}")
    case .sortDescending(let array, let index, let count, let element):
      calls.insert(.sort(element))
      let index = text(index)
      line(language.sortDescending(program.name(of: array), from: index, count: count, element))
    }
  }

  // MARK: Expressions

  /// How tightly an expression holds together.
  private enum Strength: Int { case choice, comparison, sum, product, prefix, whole }

  private mutating func text(_ value: SourceExpression) -> String { written(value).text }

  /// Returns an expression, in parentheses if it is weaker than `strength`.
  private mutating func text(_ value: SourceExpression, _ strength: Strength) -> String {
    let (text, own) = written(value)
    return own.rawValue < strength.rawValue ? "(\(text))" : text
  }

  private mutating func written(_ value: SourceExpression) -> (text: String, Strength) {
    switch value {
    case .number(let number, let element):
      return (language.number(number, element), number.sign == .minus ? .prefix : .whole)
    case .local(let name): return (name, .whole)
    case .load(let array, let index): return ("\(program.name(of: array))[\(text(index))]", .whole)
    case .unary(.negative, let x, _): return ("-" + text(x, .whole), .prefix)
    case .unary(let function, let x, let element):
      calls.insert(.function(function, element))
      return (language.call(function, text(x), element), .whole)
    case .binary(let function, let a, let b, let element): return written(function, a, b, element)
    case .select(let condition, let a, let b):
      return ("\(text(condition, .comparison)) ? \(text(a, .comparison)) : \(text(b, .choice))", .choice)
    case .cast(let x, let element): return (language.cast(text(x, .whole), to: element), .whole)
    case .lookup(let table, let rows, let width, let row, let column, let element):
      calls.insert(.lookup(element))
      return (
        language.lookup(
          program.name(of: table), rows: rows, width: width, row: text(row), column: text(column), element), .whole
      )
    }
  }

  private mutating func written(
    _ function: SymbolicOperator, _ a: SourceExpression, _ b: SourceExpression, _ element: SymbolicElement
  ) -> (text: String, Strength) {
    switch (function, b) {
    case (.add, .number(let number, _)) where number < 0:
      return ("\(text(a, .sum)) - \(text(.number(-number, element), .product))", .sum)
    case (.add, _): return ("\(text(a, .sum)) + \(text(b, .product))", .sum)
    case (.subtract, _): return ("\(text(a, .sum)) - \(text(b, .product))", .sum)
    case (.multiply, _): return ("\(text(a, .product)) * \(text(b, .prefix))", .product)
    case (.divide, _): return ("\(text(a, .product)) / \(text(b, .prefix))", .product)
    case (.less, _): return ("\(text(a, .sum)) < \(text(b, .sum))", .comparison)
    case (.lessOrEqual, _): return ("\(text(a, .sum)) <= \(text(b, .sum))", .comparison)
    case (.equal, _): return ("\(text(a, .sum)) == \(text(b, .sum))", .comparison)
    case (.maximum, _), (.minimum, _), (.power, _):
      calls.insert(.operation(function, element))
      return (language.call(function, text(a), text(b), element), .whole)
    }
  }

  // MARK: Indices

  private func text(_ index: SourceIndex) -> String { written(index).text }

  private func written(_ index: SourceIndex) -> (text: String, Strength) {
    var parts = index.terms.map { term in
      let isMultiple = term.factor != 1
      let (text, strength) = written(term.atom)
      guard isMultiple else { return (text, strength) }
      return ("\(strength.rawValue < Strength.product.rawValue ? "(\(text))" : text) * \(term.factor)", .product)
    }
    if index.constant != 0 || parts.isEmpty { parts.append(("\(index.constant)", .whole)) }
    return parts.count == 1 ? parts[0] : (parts.map(\.0).joined(separator: " + "), .sum)
  }

  private func written(_ atom: SourceIndex.Atom) -> (text: String, Strength) {
    func operand(_ index: SourceIndex) -> String {
      let (text, strength) = written(index)
      return strength == .whole ? text : "(\(text))"
    }
    switch atom {
    case .variable(let name, _): return (name, .whole)
    case .quotient(let index, let divisor): return (language.quotient(operand(index), divisor), .product)
    case .remainder(let index, let divisor): return ("\(operand(index)) % \(divisor)", .product)
    case .element(let table, let index, _): return ("\(program.name(of: table))[\(text(index))]", .whole)
    }
  }
}

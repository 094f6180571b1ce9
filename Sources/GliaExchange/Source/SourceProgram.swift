/// A computation on one sample as statements that every programming language has.
struct SourceProgram: Sendable {
  /// A constant array.
  struct Table: Sendable {
    enum Content: Sendable {
      case numbers([Double], SymbolicElement)
      case indices([Int])

      var count: Int {
        switch self {
        case .numbers(let numbers, _): numbers.count
        case .indices(let indices): indices.count
        }
      }
    }

    let name: String
    let content: Content
  }

  /// An array for intermediate results, used again when they are no longer needed.
  struct Buffer: Sendable {
    let name: String
    let element: SymbolicElement
    var count: Int
  }

  /// The number of features and the type of each.
  var features: (count: Int, element: SymbolicElement)
  /// The number of outputs, in single precision.
  var outputs: Int
  var tables: [Table] = []
  /// What the names of tables start with.
  var tablePrefix = ""
  var buffers: [Buffer] = []
  var statements: [SourceStatement] = []
  /// The buffer of each result that is kept in one.
  var places: [Int: Int] = [:]

  /// Returns the name of an array.
  func name(of array: SourceArray) -> String {
    switch array {
    case .features: "features"
    case .outputs: "outputs"
    case .table(let index): tablePrefix + tables[index].name
    case .result(let result): places[result].map { buffers[$0].name } ?? "result\(result)"
    }
  }
}

/// An array of a program.
enum SourceArray: Hashable, Sendable {
  case features, outputs
  case table(Int)
  /// The buffer in which a result is kept.
  case result(Int)
}

/// A statement of a program.
indirect enum SourceStatement: Sendable {
  /// Declares a number that does not change.
  case constant(String, SymbolicElement, SourceExpression)
  /// Declares a number that changes.
  case variable(String, SymbolicElement, SourceExpression)
  case assign(String, SourceExpression)
  /// Adds to a variable.
  case add(String, SourceExpression)
  case store(SourceArray, SourceIndex, SourceExpression)
  /// Runs the body for a variable from 0 up to, but not including, a count.
  case loop(String, count: Int, [SourceStatement])
  /// Sorts that many elements of an array from an index on in descending order.
  case sortDescending(SourceArray, from: SourceIndex, count: Int, SymbolicElement)
}

/// A value of a program.
indirect enum SourceExpression: Hashable, Sendable {
  case number(Double, SymbolicElement)
  /// A constant or a variable.
  case local(String)
  case load(SourceArray, SourceIndex)
  /// A function; the element is that of its operand.
  case unary(SymbolicFunction, SourceExpression, SymbolicElement)
  /// A function; the element is that of its operands.
  case binary(SymbolicOperator, SourceExpression, SourceExpression, SymbolicElement)
  case select(SourceExpression, SourceExpression, SourceExpression)
  case cast(SourceExpression, to: SymbolicElement)
  /// An element of a row of a table with `rows` rows of `width` numbers; NaN if there is no such row.
  case lookup(SourceArray, rows: Int, width: Int, row: SourceExpression, column: SourceIndex, SymbolicElement)

  /// Returns the value with elements of another type.
  static func casting(_ value: SourceExpression, from own: SymbolicElement, to element: SymbolicElement) -> Self {
    switch value {
    case .number(let number, _): .number(element == .float ? Double(Float(number)) : number, element)
    case .select(let condition, .number(let a, _), .number(let b, _)):
      .select(
        condition, casting(.number(a, own), from: own, to: element), casting(.number(b, own), from: own, to: element))
    default:
      own == element
        ? value : own == .bool ? .select(value, .number(1, element), .number(0, element)) : .cast(value, to: element)
    }
  }

  /// The number of operations.
  var size: Int {
    switch self {
    case .number, .local, .load: 0
    case .unary(_, let x, _), .cast(let x, _), .lookup(_, _, _, let x, _, _): 1 + x.size
    case .binary(_, let a, let b, _): 1 + a.size + b.size
    case .select(let a, let b, let c): 1 + a.size + b.size + c.size
    }
  }

  /// The arrays that it reads.
  var arrays: Set<SourceArray> {
    switch self {
    case .number, .local: []
    case .load(let array, _): [array]
    case .unary(_, let x, _), .cast(let x, _): x.arrays
    case .lookup(let table, _, _, let x, _, _): x.arrays.union([table])
    case .binary(_, let a, let b, _): a.arrays.union(b.arrays)
    case .select(let a, let b, let c): a.arrays.union(b.arrays).union(c.arrays)
    }
  }
}

extension SourceStatement {
  /// The arrays that it reads or writes.
  var arrays: Set<SourceArray> {
    switch self {
    case .constant(_, _, let value), .variable(_, _, let value), .assign(_, let value), .add(_, let value): value.arrays
    case .store(let array, _, let value): value.arrays.union([array])
    case .loop(_, _, let body): body.reduce(into: []) { $0.formUnion($1.arrays) }
    case .sortDescending(let array, _, _, _): [array]
    }
  }
}

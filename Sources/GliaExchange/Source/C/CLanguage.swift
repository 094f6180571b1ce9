/// C99. Functions that it defines start with the name of the model.
struct CLanguage: SourceLanguage {
  /// What the names of all functions start with.
  let prefix: String

  var end: String { ";" }
  var indentation: String { "    " }

  /// Returns the type of an element.
  func type(_ element: SymbolicElement) -> String { element == .bool ? "_Bool" : element.rawValue }

  /// Returns what the name of a function for an element ends with, as in the standard library.
  private func suffix(_ element: SymbolicElement) -> String { element == .double ? "" : "f" }

  func number(_ value: Double, _ element: SymbolicElement) -> String {
    if element == .bool { return value == 0 ? "0" : "1" }
    let value = element == .float ? Double(Float(value)) : value
    if value.isNaN { return element == .float ? "NAN" : "(double)NAN" }
    let sign = value.sign == .minus ? "-" : ""
    if value.isInfinite { return sign + (element == .float ? "INFINITY" : "(double)INFINITY") }
    return element == .float ? "\(Float(value))f" : "\(value)"
  }

  func call(_ function: SymbolicFunction, _ x: String, _ element: SymbolicElement) -> String {
    switch function {
    case .isNaN: "isnan(\(x))"
    case .sigmoid, .softplus: "\(prefix)_\(function.rawValue)\(suffix(element))(\(x))"
    default: "\(Self.names[function] ?? function.rawValue)\(suffix(element))(\(x))"
    }
  }

  private static let names: [SymbolicFunction: String] = [
    .absolute: "fabs", .expMinusOne: "expm1", .logOnePlus: "log1p",
  ]

  func call(_ function: SymbolicOperator, _ a: String, _ b: String, _ element: SymbolicElement) -> String {
    let name = function == .power ? "pow" : "\(prefix)_\(function == .maximum ? "max" : "min")"
    return "\(name)\(suffix(element))(\(a), \(b))"
  }

  func lookup(
    _ table: String, rows: Int, width: Int, row: String, column: String, _ element: SymbolicElement
  ) -> String {
    "\(prefix)_lookup\(suffix(element))(\(table), \(rows), \(width), \(row), \(column))"
  }

  func sortDescending(_ array: String, from index: String, count: Int, _ element: SymbolicElement) -> String {
    "\(prefix)_sort\(suffix(element))(\(index == "0" ? array : "&\(array)[\(index)]"), \(count))"
  }

  func cast(_ x: String, to element: SymbolicElement) -> String { "(\(type(element)))\(x)" }
  func quotient(_ index: String, _ divisor: Int) -> String { "\(index) / \(divisor)" }

  func declaration(_ name: String, _ element: SymbolicElement, isConstant: Bool, _ value: String) -> String {
    "\(isConstant ? "const " : "")\(type(element)) \(name) = \(value)"
  }

  func loop(_ variable: String, _ count: Int) -> String {
    "for (int \(variable) = 0; \(variable) < \(count); \(variable)++) {"
  }

  /// Returns the definition of a function that a program calls; nil if the standard library has it.
  func definition(_ call: SourceCall) -> String? {
    switch call {
    case .function(.sigmoid, let element):
      let (type, f) = (type(element), suffix(element))
      return
        "static \(type) \(prefix)_sigmoid\(f)(\(type) x) { return \(number(1, element)) / (\(number(1, element)) + exp\(f)(-x)); }"
    case .function(.softplus, let element):
      let (type, f) = (type(element), suffix(element))
      return """
        static \(type) \(prefix)_softplus\(f)(\(type) x)
        {
            return (x > \(number(0, element)) ? x : \(number(0, element))) + log1p\(f)(exp\(f)(-fabs\(f)(x)));
        }
        """
    case .operation(.maximum, let element):
      return
        "static \(type(element)) \(prefix)_max\(suffix(element))(\(type(element)) a, \(type(element)) b) { return b > a ? b : a; }"
    case .operation(.minimum, let element):
      return
        "static \(type(element)) \(prefix)_min\(suffix(element))(\(type(element)) a, \(type(element)) b) { return b < a ? b : a; }"
    case .lookup(let element):
      let type = type(element)
      return """
        static \(type) \(prefix)_lookup\(suffix(element))(const \(type) *rows, int count, int width, \(type) row, int column)
        {
            if (!(row >= \(number(0, element)) && row < (\(type))count)) return \(number(.nan, element));
            const int index = (int)row;
            return (\(type))index == row ? rows[index * width + column] : \(number(.nan, element));
        }
        """
    case .sort(let element):
      let type = type(element)
      return """
        static void \(prefix)_sort\(suffix(element))(\(type) *x, int count)
        {
            for (int i = 1; i < count; i++) {
                const \(type) value = x[i];
                int j = i;
                for (; j > 0 && x[j - 1] < value; j--) x[j] = x[j - 1];
                x[j] = value;
            }
        }
        """
    default: return nil
    }
  }

  /// Returns a text as a literal, in which only printable characters of ASCII are left as they are.
  static func literal(_ text: String) -> String {
    let bytes = text.utf8.map { byte -> String in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"): return "\\" + String(UnicodeScalar(byte))
      case 32..<127: return String(UnicodeScalar(byte))
      default:
        let octal = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
      }
    }
    return "\"\(bytes.joined())\""
  }
}

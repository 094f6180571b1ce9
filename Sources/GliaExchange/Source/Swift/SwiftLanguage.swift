/// Swift 6, with functions of its own, so that files need no import.
struct SwiftLanguage: SourceLanguage {
  var end: String { "" }
  var indentation: String { "  " }

  /// Returns the type of an element.
  func type(_ element: SymbolicElement) -> String {
    switch element {
    case .float: "Float"
    case .double: "Double"
    case .bool: "Bool"
    }
  }

  func number(_ value: Double, _ element: SymbolicElement) -> String {
    if element == .bool { return value == 0 ? "false" : "true" }
    let value = element == .float ? Double(Float(value)) : value
    if value.isNaN { return "\(type(element)).nan" }
    if value.isInfinite { return "\(value < 0 ? "-" : "")\(type(element)).infinity" }
    return element == .float ? "\(Float(value))" : "\(value)"
  }

  func call(_ function: SymbolicFunction, _ x: String, _ element: SymbolicElement) -> String {
    switch function {
    case .absolute: "abs(\(x))"
    case .isNaN: "(\(x)).isNaN"
    default: element == .float ? "Float(\(function.rawValue)(Double(\(x))))" : "\(function.rawValue)(\(x))"
    }
  }

  func call(_ function: SymbolicOperator, _ a: String, _ b: String, _ element: SymbolicElement) -> String {
    if function == .power, element == .float { return "Float(power(Double(\(a)), Double(\(b))))" }
    return "\(function == .power ? "power" : function == .maximum ? "larger" : "smaller")(\(a), \(b))"
  }

  func sortDescending(_ array: String, from index: String, count: Int, _ element: SymbolicElement) -> String {
    "sortDescending(&\(array), \(index), \(count))"
  }

  func cast(_ x: String, to element: SymbolicElement) -> String {
    "\(type(element))\(x.hasPrefix("(") && x.hasSuffix(")") ? x : "(\(x))")"
  }

  func quotient(_ index: String, _ divisor: Int) -> String { "\(index) / \(divisor)" }

  func declaration(_ name: String, _ element: SymbolicElement, isConstant: Bool, _ value: String) -> String {
    "\(isConstant ? "let" : "var") \(name): \(type(element)) = \(value)"
  }

  func loop(_ variable: String, _ count: Int) -> String { "for \(variable) in 0..<\(count) {" }

  /// Returns a text as a literal.
  static func literal(_ text: String) -> String {
    let characters = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      default:
        scalar.properties.generalCategory == .control || !scalar.isASCII && !scalar.properties.isAlphabetic
          ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
      }
    }
    return "\"\(characters.joined())\""
  }
}

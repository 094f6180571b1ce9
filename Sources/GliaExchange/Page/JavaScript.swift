/// JavaScript, which computes in double precision; arrays of single precision round what is stored in them.
struct JavaScript: SourceLanguage {
  var end: String { ";" }
  var indentation: String { "  " }

  func number(_ value: Double, _ element: SymbolicElement) -> String {
    if element == .bool { return value == 0 ? "false" : "true" }
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return "\(value)"
  }

  func call(_ function: SymbolicFunction, _ x: String, _ element: SymbolicElement) -> String {
    if function == .isNaN { return "Number.isNaN(\(x))" }
    return Self.definitions[function.rawValue] == nil
      ? "Math.\(Self.names[function] ?? function.rawValue)(\(x))" : "\(function.rawValue)(\(x))"
  }

  private static let names: [SymbolicFunction: String] = [
    .absolute: "abs", .expMinusOne: "expm1", .logOnePlus: "log1p",
  ]

  func call(_ function: SymbolicOperator, _ a: String, _ b: String, _ element: SymbolicElement) -> String {
    function == .power ? "Math.pow(\(a), \(b))" : "\(function.rawValue)(\(a), \(b))"
  }

  func sortDescending(_ array: String, from index: String, count: Int, _ element: SymbolicElement) -> String {
    "sort(\(array), \(index), \(count))"
  }

  func cast(_ x: String, to element: SymbolicElement) -> String {
    element == .float ? x.hasPrefix("(") ? "Math.fround\(x)" : "Math.fround(\(x))" : x
  }
  func quotient(_ index: String, _ divisor: Int) -> String { "(\(index) / \(divisor) | 0)" }

  func declaration(_ name: String, _ element: SymbolicElement, isConstant: Bool, _ value: String) -> String {
    "\(isConstant ? "const" : "let") \(name) = \(value)"
  }

  func loop(_ variable: String, _ count: Int) -> String {
    "for (let \(variable) = 0; \(variable) < \(count); \(variable)++) {"
  }

  /// Returns the definition of a function that a program calls; nil if the language has it.
  func definition(_ call: SourceCall) -> String? {
    switch call {
    case .function(let function, _): Self.definitions[function.rawValue]
    case .operation(let function, _): Self.definitions[function.rawValue]
    case .lookup: Self.definitions["lookup"]
    case .sort: Self.definitions["sort"]
    }
  }

  // The series of the error function has no terms of different signs (Abramowitz and Stegun, 7.1.6).
  private static let definitions = [
    "sigmoid": "const sigmoid = x => 1 / (1 + Math.exp(-x));",
    "softplus": "const softplus = x => (x > 0 ? x : 0) + Math.log1p(Math.exp(-Math.abs(x)));",
    "maximum": "const maximum = (a, b) => b > a ? b : a;",
    "minimum": "const minimum = (a, b) => b < a ? b : a;",
    "erf": """
    const erf = x => {
      if (!(Math.abs(x) < 6)) return Math.sign(x);
      let term = x, sum = x;
      for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    };
    """,
    "lookup": """
    const lookup = (table, rows, width, row, column) =>
      row >= 0 && row < rows && Math.floor(row) === row ? table[row * width + column] : NaN;
    """,
    "sort": "const sort = (array, from, count) => array.subarray(from, from + count).sort().reverse();",
  ]
}

/// The part of a page's script that computes the outputs, and the numbers that it reads.
struct JavaScriptModel {
  /// Declares `compute(features, outputs)`.
  let text: String
  /// The constants in single precision, in Base64.
  let floats: String
  /// The constants in double precision, in Base64.
  let doubles: String

  /// Writes a program.
  init(_ program: SourceProgram) {
    let language = JavaScript()
    let writer = SourceWriter(program, in: language, level: 1)
    var (floats, doubles): ([Float], [Double]) = ([], [])
    var lines = ["const compute = (() => {"]
    for table in program.tables {
      let (name, count) = (table.name, table.content.count)
      switch table.content {
      case .indices(let indices): lines.append("const \(name) = \(indices);")
      case .numbers(let numbers, .double):
        lines.append("const \(name) = doubles.subarray(\(doubles.count), \(doubles.count + count));")
        doubles += numbers
      case .numbers(let numbers, _):
        lines.append("const \(name) = floats.subarray(\(floats.count), \(floats.count + count));")
        floats += numbers.map { Float($0) }
      }
    }
    for buffer in program.buffers {
      let type = [.float: "Float32Array", .double: "Float64Array"][buffer.element] ?? "Uint8Array"
      lines.append("const \(buffer.name) = new \(type)(\(buffer.count));")
    }
    // A function for both precisions is defined once.
    lines += Set(writer.calls.compactMap(language.definition)).sorted()
    lines += ["return (features, outputs) => {"] + writer.lines + ["};", "})();"]
    text = lines.joined(separator: "\n")
    self.floats = Base64.text(floats.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    self.doubles = Base64.text(doubles.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
  }
}

/// Bytes as text of letters, digits, `+` and `/` (RFC 4648).
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Returns the text for `bytes`.
  static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 3 * 4 + 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? digits[Int(bits >> (18 - 6 * UInt32(place)) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

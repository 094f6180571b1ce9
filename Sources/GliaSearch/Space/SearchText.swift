import GliaCore

/// The text form of values: `sgd,adam`, `0..1`, `int:2..64`, `log:1e-4..1`, `log-int:8..512:2`.
extension SearchDimension {
  /// Creates a dimension from `PATH=RANGE`, or with a condition from `PATH=RANGE if OTHER=VALUE|VALUE`.
  ///
  /// RANGE is one of
  /// - `a,b,c`: these values, each as JSON, or else as text: `sgd,adam`, `4,8,16`, `{"type":"adam","beta1":0.8},sgd`,
  /// - `0..0.99`: all numbers between the two, both included,
  /// - `log:1e-4..1`: the same, with equally likely ratios,
  /// - `int:2..64`, `log-int:8..512`: whole numbers,
  /// - `0..1:0.1`, `int:0..64:8`: numbers with a step,
  /// - `log:1e-4..1:10`, `log-int:8..512:2`: numbers with a factor.
  ///
  /// A condition names an earlier dimension and the values for which the setting exists, as in
  /// `training.optimizer.momentum=0..0.99 if training.optimizer=sgd|momentum`.
  ///
  /// - Throws: `GliaError` for text of another form, and ranges and lists that are not possible.
  public init(parsing text: String) throws {
    guard let equals = text.firstIndex(of: "=") else {
      throw GliaError(
        "'\(text.excerpt)' has no values", expected: "PATH=RANGE, such as training.optimizer.learning_rate=log:1e-4..1",
        remedy: "add '=' and the values")
    }
    try self.init(
      text[..<equals].trimmed, parsing: String(text[text.index(after: equals)...]))
  }

  /// Creates a dimension from its path and the text `RANGE` or `RANGE if OTHER=VALUE|VALUE`.
  ///
  /// - Throws: `GliaError` for text of another form, and ranges and lists that are not possible.
  public init(_ path: String, parsing text: String) throws {
    let (range, condition) = try GliaError.locating(path) { try Self.parts(of: text) }
    try self.init(path, text: range, when: condition)
  }

  /// Creates a dimension from the text `RANGE`.
  init(_ path: String, text: String, when condition: Condition?) throws {
    let items = text.split(atTopLevel: ",")
    if items.count == 1, !text.trimmed.isJSON, let range = try GliaError.locating(path, { try SearchRange(text: text) })
    {
      try self.init(path, range: range, when: condition)
    } else {
      if items.contains(where: \.isEmpty) {
        throw GliaError("a value of '\(text.excerpt)' is missing", at: path, expected: "values separated by commas")
      }
      try self.init(path, list: items.map(\.asJSON), when: condition)
    }
  }

  /// Returns the range and the condition of `RANGE if OTHER=VALUE|VALUE`.
  private static func parts(of text: String) throws -> (range: String, condition: Condition?) {
    let halves = text.split(atTopLevel: " if ")
    guard halves.count > 1 else { return (text, nil) }
    guard halves.count == 2, let equals = halves[1].firstIndex(of: "=") else {
      throw GliaError(
        "'\(text.excerpt)' is not a range with a condition", expected: "RANGE if OTHER=VALUE",
        remedy: "put text that contains ' if ' in double quotes")
    }
    let values = String(halves[1][halves[1].index(after: equals)...]).split(atTopLevel: "|")
    guard values.allSatisfy({ !$0.isEmpty }) else {
      throw GliaError("the condition '\(halves[1].excerpt)' lacks a value", expected: "OTHER=VALUE|VALUE")
    }
    return (halves[0], Condition(halves[1][..<equals].trimmed, in: values.map(\.asJSON)))
  }

  /// The values as text that ``init(_:parsing:)`` reads.
  public var text: String {
    let own: String =
      switch values {
      case .list(let list): list.map(\.asText).joined(separator: ",")
      case .range(let range): range.text
      }
    guard let condition else { return own }
    return "\(own) if \(condition.path)=\(condition.values.map(\.asText).joined(separator: "|"))"
  }
}

extension SearchRange {
  /// The range as text, such as `log-int:8..512:2`.
  public var text: String {
    let kind = isLogarithmic ? isWhole ? "log-int:" : "log:" : isWhole ? "int:" : ""
    return "\(kind)\(low.plain)..\(high.plain)" + (step.map { ":\($0.plain)" } ?? "")
  }

  /// Creates a range from its text; nil if the text is a value.
  init?(text: String) throws {
    var rest = text.trimmed[...]
    var words: Set<Substring> = []
    if let colon = rest.firstIndex(of: ":"), rest[..<colon].first?.isLetter == true {
      words = Set(rest[..<colon].split(separator: "-"))
      guard words.isSubset(of: ["int", "log"]) else {
        guard rest.contains("..") else { return nil }
        throw GliaError(
          "unknown kind of range '\(String(rest[..<colon]).excerpt)'", expected: "one of int, log, log-int")
      }
      rest = rest[rest.index(after: colon)...]
    }
    guard let dots = rest.firstRange(of: "..") else {
      guard words.isEmpty else {
        throw GliaError("'\(text.excerpt)' has no '..'", expected: "two numbers, such as int:2..64")
      }
      return nil
    }
    let ends = rest[dots.upperBound...].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard ends.count <= 2 else {
      throw GliaError("'\(text.excerpt)' has two steps", expected: "a range such as 0..1:0.1")
    }
    func number(_ text: String) throws -> Double {
      guard let number = text.trimmed.asJSON.double else {
        throw GliaError(
          "'\(text.excerpt)' is not a number", expected: "a range such as 0..1, int:2..64 or log:1e-4..1",
          remedy: "put text that contains '..' in double quotes")
      }
      return number
    }
    try self.init(
      number(String(rest[..<dots.lowerBound])), number(ends[0]), isLogarithmic: words.contains("log"),
      isWhole: words.contains("int"), step: ends.count == 2 ? number(ends[1]) : nil)
  }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// The JSON that the text is, or else the text.
  var asJSON: JSON { (try? JSON(parsing: String(self))) ?? .string(String(self)) }

  fileprivate var isJSON: Bool { (try? JSON(parsing: String(self))) != nil }

  /// Returns the trimmed parts between `separator`, except within quotes, brackets and braces.
  fileprivate func split(atTopLevel separator: String) -> [String] {
    let (letters, mark) = (Array(self), Array(separator))
    var (parts, part): ([String], [Character]) = ([], [])
    var (depth, isQuoted, index) = (0, false, 0)
    while index < letters.count {
      let letter = letters[index]
      if !isQuoted, depth <= 0, letters[index...].starts(with: mark) {
        parts.append(String(part).trimmed)
        part = []
        index += mark.count
        continue
      }
      part.append(letter)
      if isQuoted, letter == "\\", index + 1 < letters.count {
        index += 1
        part.append(letters[index])
      } else if letter == "\"" {
        isQuoted.toggle()
      } else if !isQuoted {
        depth += "[{".contains(letter) ? 1 : "]}".contains(letter) ? -1 : 0
      }
      index += 1
    }
    return parts + [String(part).trimmed]
  }
}

extension JSON {
  /// The text from which ``StringProtocol/asJSON`` reads the value.
  fileprivate var asText: String {
    guard let string, !string.isEmpty, string == string.trimmed, !string.isJSON,
      !string.contains(where: { ",|\"[]{}:=".contains($0) }), !string.contains(".."), !string.contains(" if ")
    else { return compact }
    return string
  }
}

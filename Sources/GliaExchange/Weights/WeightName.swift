import Glia

/// What the name of a tensor says: the layer that it belongs to, and its role there.
///
/// `fc1.weight`, `0.running_var`, `dense_1/kernel:0`, `Dense_0.scale`, `W1` and `layers.0.running_variance` are all understood.
struct WeightName: Hashable {
  /// The name without the role, such as `fc1`.
  let layer: String
  /// The role under Glia's name, such as `weight`, or as it is written if it is unknown.
  let role: String
  /// Whether the role is one that the frameworks use.
  let isKnown: Bool
  /// Whether the tensor is a matrix of inputs × units, as Keras and Flax store them.
  let isKernel: Bool

  /// The spellings of each role, in lower case.
  private static let spellings: [(role: String, names: [String])] = [
    ("running_mean", ["running_mean", "moving_mean", "mean"]),
    ("running_variance", ["running_variance", "running_var", "moving_variance", "moving_var", "variance", "var"]),
    ("weight", ["weight", "kernel", "gamma", "scale", "embeddings", "embedding", "slope", "alpha", "w"]),
    ("bias", ["bias", "beta", "b"]),
  ]

  init(_ name: String) {
    var text = name[...]
    // TensorFlow numbers the outputs of a variable.
    if let colon = text.lastIndex(of: ":"), text[colon...].dropFirst().allSatisfy(\.isNumber) { text = text[..<colon] }
    // Flax separates parameters from running averages.
    for collection in ["params", "batch_stats"] where text.hasPrefix(collection) {
      let rest = text.dropFirst(collection.count)
      if rest.first == "/" || rest.first == "." { text = rest.dropFirst() }
    }
    let digits = text.reversed().prefix(while: \.isDigit).count
    let (stem, number) = (text.dropLast(digits), text.suffix(digits))
    for (candidate, suffix) in [(text, ""), (Self.trimmed(stem), number)] where suffix.isEmpty || digits > 0 {
      for (role, names) in Self.spellings {
        guard let spelling = names.first(where: { Self.ends(candidate, with: $0) }) else { continue }
        let rest = Self.trimmed(candidate.dropLast(spelling.count))
        layer = rest + (rest.isEmpty || suffix.isEmpty ? "" : ".") + suffix
        (self.role, isKnown, isKernel) = (role, true, spelling == "kernel")
        return
      }
    }
    let separator = text.lastIndex { $0 == "." || $0 == "/" }
    layer = separator.map { String(text[..<$0]) } ?? ""
    role = separator.map { String(text[$0...].dropFirst()) } ?? String(text)
    (isKnown, isKernel) = (false, false)
  }

  private static let separators: Set<Character> = [".", "/", "_"]

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let last = text.last, separators.contains(last) { text.removeLast() }
    return text
  }

  /// Whether `text` ends with a whole word.
  private static func ends(_ text: Substring, with word: String) -> Bool {
    guard text.count >= word.count, text.suffix(word.count).lowercased() == word else { return false }
    return text.dropLast(word.count).last.map(separators.contains) ?? true
  }
}

/// A name whose numbers are compared as numbers: `fc.2` comes before `fc.10`.
struct NaturalOrder: Comparable {
  private enum Part: Comparable {
    case number(length: Int, digits: String)
    case text(String)
  }

  private let parts: [Part]

  init(_ name: String) {
    var parts: [Part] = []
    var rest = name[...]
    while let first = rest.first {
      let isDigit = first.isDigit
      let run = rest.prefix { $0.isDigit == isDigit }
      rest = rest[run.endIndex...]
      let digits = run.drop { $0 == "0" }
      parts.append(isDigit ? .number(length: digits.count, digits: String(digits)) : .text(String(run)))
    }
    self.parts = parts
  }

  /// Returns the name without its numbers.
  static func stem(_ name: String) -> String {
    name.split(whereSeparator: \.isDigit).joined(separator: "#")
  }

  static func < (a: Self, b: Self) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}

extension Character {
  fileprivate var isDigit: Bool { isASCII && isNumber }
}

/// Suggests what a user may have meant.
public enum Suggestion {
  /// Returns the candidate whose spelling is nearest to `name`, if it is near enough: at most one edit per three letters
  /// (Damerau-Levenshtein: insertion, deletion, substitution, transposition), or a candidate that begins with `name`.
  ///
  /// Case, `-` and `_` are ignored. Names of more than 64 letters get no suggestion, so a hostile name costs nothing.
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = letters(of: name)
    guard 1...longest ~= wanted.count else { return nil }
    let limit = max(1, wanted.count / 3)
    var best: (name: String, edits: Int)?
    for candidate in candidates {
      let letters = letters(of: candidate)
      guard letters.count <= longest else { continue }
      let isBeginning = wanted.count > 2 && letters.starts(with: wanted)
      let edits = distance(wanted, letters)
      guard edits <= limit && edits < wanted.count || isBeginning else { continue }
      if best.map({ edits < $0.edits }) ?? true { best = (candidate, edits) }
    }
    return best?.name
  }

  private static let longest = 64

  private static func letters(of name: String) -> [Unicode.Scalar] {
    Array(Spelling.folded(String(name.unicodeScalars.prefix(longest + 1))).unicodeScalars)
  }

  /// Returns the minimum number of edits that turn `a` into `b`, with no letter edited twice (optimal string alignment).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var (before, row) = ([Int](), Array(0...b.count))
    for i in a.indices {
      var next = [i + 1]
      for j in b.indices {
        var edits = min(row[j + 1] + 1, next[j] + 1, row[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { edits = min(edits, before[j - 1] + 1) }
        next.append(edits)
      }
      (before, row) = (row, next)
    }
    return row[b.count]
  }
}

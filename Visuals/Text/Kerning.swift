/// Adjusts the distances between letters based on the shapes of their sides.
///
/// Sides of the same shape are named after a letter that has it. Digits are not kerned, so that numbers stay aligned.
enum Kerning {
  /// The adjustments in thousandths of the size, by the shape of the first letter's right side and that of the second
  /// letter's left side.
  private static let table: [Character: [Character: Int]] = [
    "A": ["T": -70, "V": -56, "Y": -74, "v": -28, "O": -16, "’": -60],
    "O": ["A": -22, "T": -24, "V": -20, "Y": -34, "X": -20, ".": -30],
    "F": ["A": -60, "J": -70, "o": -20, ".": -100],
    "P": ["A": -70, "J": -80, "o": -18, ".": -120],
    "K": ["O": -28, "o": -20, "v": -24, "-": -30],
    "L": ["T": -84, "V": -74, "Y": -88, "v": -44, "O": -28, "’": -90, "-": -30],
    "R": ["T": -20, "V": -20, "Y": -26],
    "T": ["A": -70, "J": -70, "O": -22, "o": -80, "n": -60, "v": -50, ".": -90, "-": -70],
    "V": ["A": -56, "J": -50, "O": -18, "o": -34, "n": -22, ".": -84, "-": -30],
    "Y": ["A": -74, "J": -60, "O": -32, "o": -66, "n": -46, "v": -26, ".": -90, "-": -66],
    "f": ["o": -10, ".": -30, "’": 40, ")": 40],
    "r": ["A": -40, "o": -14, ".": -66, "-": -24],
    "v": ["A": -28, "o": -12, ".": -60, "-": -10],
    "o": ["T": -76, "V": -30, "Y": -60, "v": -10, "’": -20],
    "n": ["T": -50, "V": -20, "Y": -44, "’": -16],
    ".": ["T": -80, "V": -80, "Y": -90, "v": -50, "’": -40],
    "-": ["A": -10, "T": -66, "V": -28, "Y": -62, "X": -20],
    "’": ["A": -70, "J": -80, "o": -36],
  ]
  private static let right: [Character: String] = [
    "A": "AΛΔ", "O": "DOQÐΘΦΩ", "F": "F", "P": "PÞ", "K": "KXkxκχ", "L": "L", "R": "R", "T": "TΓŦ", "V": "VW", "Y": "Y",
    "f": "fſ", "r": "rτ", "v": "vwyγν", "o": "beopþœæøσφρωδθ", "n": "hmnηuαaŋ", ".": ".,…‚„", "-": "-–—«‹»›",
    "’": "’”\"'‘“",
  ]
  private static let left: [Character: String] = [
    "A": "AΛΔÆ", "J": "J", "O": "OCGQØŒΘΦΩ", "T": "TŦ", "V": "VW", "Y": "Y", "X": "XZ", "o": "acdegoqæœøðςσαδωφ",
    "n": "mnprsuzηκμπι", "v": "vwyγν", ".": ".,…‚„", "-": "-–—«‹»›", "’": "’”\"'‘“", ")": ")]}?!*",
  ]

  /// The shapes of both sides of a letter.
  struct Sides: Hashable, Sendable {
    var left = 0
    var right = 0
  }

  private static let names = Array(Set(right.keys).union(left.keys))
  private static let all: [Character: Sides] = {
    var all: [Character: Sides] = [:]
    for (index, name) in names.enumerated() {
      for letter in left[name] ?? "" { all[letter, default: Sides()].left = index + 1 }
      for letter in right[name] ?? "" { all[letter, default: Sides()].right = index + 1 }
    }
    return all
  }()
  private static let amounts: [Int] = {
    var amounts = [Int](repeating: 0, count: (names.count + 1) * (names.count + 1))
    for (first, row) in table {
      for (second, amount) in row {
        guard let i = names.firstIndex(of: first), let j = names.firstIndex(of: second) else { continue }
        amounts[(i + 1) * (names.count + 1) + j + 1] = amount
      }
    }
    return amounts
  }()

  static func sides(of letter: Character) -> Sides { all[letter] ?? Sides() }

  /// Returns the adjustment of `second` after `first`.
  static func between(_ first: Sides, _ second: Sides) -> Int { amounts[first.right * (names.count + 1) + second.left] }
}

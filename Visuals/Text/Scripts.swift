/// Indices and exponents: smaller letters below and above the line.
enum Scripts {
  static let scale = 0.66

  /// Every script character with the letter it is made of and how far that is raised.
  static let all: [(character: Character, letter: Character, rise: Double)] =
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+−=()aehijklmnoprstuvxβγρφχ").map { ($0, $1, -130) }
    + zip(
      "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
      "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW"
    ).map { ($0, $1, 320) }
}

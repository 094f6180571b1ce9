/// Glyphs set one after another.
struct Line {
  private let weight: Typeface.Weight
  /// In thousandths of the size, as whole numbers so that sums are exact.
  private var end = 0
  private var last = Kerning.Sides()

  init(weight: Typeface.Weight) { self.weight = weight }

  /// Sets a glyph and tells where it begins at `size`.
  @discardableResult
  mutating func append(_ glyph: Glyph, size: Double = 1) -> Double {
    let start = end + Kerning.between(last, glyph.sides)
    end = start + weight.advance(glyph)
    last = glyph.sides
    return Double(start) * size / 1000
  }

  func width(_ size: Double) -> Double { Double(end) * size / 1000 }

  /// The width with one more glyph.
  func width(_ size: Double, with glyph: Glyph) -> Double {
    var longer = self
    longer.append(glyph)
    return longer.width(size)
  }
}

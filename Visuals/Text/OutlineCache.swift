import Synchronization

/// The outlines of glyphs that were drawn before, for a few sizes; figures repeat the same digits and letters all the time.
final class OutlineCache: Sendable {
  private struct Key: Hashable {
    let name: Character
    let size: Double
    let weight: Typeface.Weight
  }

  static let shared = OutlineCache()

  private static let limit = 1000
  private let outlines = Mutex<[Key: [[Polyline]]]>([:])

  func outlines(of glyph: Glyph, size: Double, weight: Typeface.Weight) -> [[Polyline]] {
    let key = Key(name: glyph.name, size: size, weight: weight)
    if let known = outlines.withLock({ $0[key] }) { return known }
    let drawn = Pen(size: size, weight: weight).draw(glyph)
    outlines.withLock {
      if $0.count >= Self.limit { $0.removeAll() }
      $0[key] = drawn
    }
    return drawn
  }
}

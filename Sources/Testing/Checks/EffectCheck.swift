import GliaCore

extension Findings {
  /// Every setting that is a number or a truth value makes a difference, at the given values of the others or near them.
  ///
  /// - Parameter fingerprint: what the component does, as numbers.
  mutating func checkEffects<C: Component>(
    of component: C, _ registry: Registry, _ fingerprint: (C) throws -> [Float]
  ) {
    guard let written = try? JSON(part: component) else { return }
    /// What it does with one setting changed; nil if that is not a valid value.
    func effect(_ json: JSON) -> [Float]? {
      (try? Self.read(C.self, json, like: component, registry)).flatMap { try? fingerprint($0) }
    }
    // What is done with samples once they are loaded is not the concern of their source.
    for (setting, values) in written.variants where setting != "standardize" {
      let others = written.variants.filter { $0.setting != setting }
      let bases = [written] + others.flatMap { other in other.values.map { written.replacing(other.setting, by: $0) } }
      var tried: JSON?
      let counts = bases.contains { base in
        guard let own = effect(base) else { return false }
        return values.contains { value in
          guard let changed = effect(base.replacing(setting, by: value)) else { return false }
          tried = tried ?? value
          return !changed.hasSameBits(as: own)
        }
      }
      guard let tried else { continue }
      expect(
        "settings count", counts,
        "\(setting) may be \(written[setting]?.compact ?? "") or \(tried.compact), and all stays the same\n"
          + "likely cause: it is stored, but not used")
    }
  }
}

import GliaCore

extension Findings {
  /// Checks that every numeric or Boolean setting has an effect, with the other settings at or near their given values.
  ///
  /// - Parameter fingerprint: a numeric summary of what the component computes.
  mutating func checkEffects<C: Component>(
    of component: C, _ registry: Registry, _ fingerprint: (C) throws -> [Float]
  ) {
    guard let written = try? JSON(part: component) else { return }
    /// The fingerprint with one setting changed; nil if the value is not valid.
    func effect(_ json: JSON) -> [Float]? {
      (try? Self.read(C.self, json, like: component, registry)).flatMap { try? fingerprint($0) }
    }
    // Standardization happens after loading, so it does not affect the data source.
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
        "settings have an effect", counts,
        "\(setting) has no effect: \(written[setting]?.compact ?? "") and \(tried.compact) give the same result\n"
          + "likely cause: it is stored, but not used")
    }
  }
}

import GliaCore

/// Validation shared by several schedules.
extension Schedule {
  func requireCount(_ value: Int, _ setting: String) throws {
    try require(value >= 1, setting, value, expected: "a whole number of at least 1")
  }

  func requireRate(_ value: Double, _ setting: String) throws {
    try require(value >= 0 && value.isFinite, setting, value, expected: "a number of 0 or more")
  }

  func requireFactor(_ value: Double) throws {
    try require(value > 0 && value <= 1, "factor", value, expected: "a number above 0 and at most 1")
  }
}

import GliaCore

/// A layer that runs other layers.
protocol LayerContainer: Layer {
  /// The layers as they are written down.
  var parts: [any Layer] { get }
  /// How often they are run one after the other.
  var repetitions: Int { get }
}

extension LayerContainer {
  var repetitions: Int { 1 }

  /// How many layers run in all; as much as can be counted at most.
  var runCount: Int {
    let once = parts.reduce(0) { count, part in
      let (sum, overflow) = count.addingReportingOverflow((part as? any LayerContainer)?.runCount ?? 1)
      return overflow ? .max : sum
    }
    let (all, overflow) = once.multipliedReportingOverflow(by: repetitions)
    return overflow ? .max : all
  }

  /// Refuses a container of nothing.
  func requireParts(_ setting: String) throws {
    try require(!parts.isEmpty, setting, "[]", expected: "at least one layer")
  }
}

extension Int {
  /// The number with a noun: `1 layer`, `2 layers`.
  func counting(_ one: String, _ many: String) -> String { "\(self) \(self == 1 ? one : many)" }
}

import GliaCore

/// What the figures of a network's inside say about one of its layers.
public struct LayerSummary: Hashable, Sendable {
  /// What it is called, such as `hidden 1`.
  public var name: String
  /// What its units do with their sums, such as `tanh`; may be empty.
  public var activation: String
  /// How many units it has.
  public var units: Int
  /// The names of the units; where there are none, they are counted from 1.
  public var unitNames: [String] = []
  /// The interval that all values lie in, its bounds infinite where there are none; nil where nothing is known.
  public var range: ClosedRange<Double>?
  /// The value above which a unit counts as active; nil for none.
  public var threshold: Double?

  /// A layer of `units` units.
  public init(
    _ name: String, units: Int, activation: String = "", range: ClosedRange<Double>? = nil, threshold: Double? = nil
  ) {
    (self.name, self.units, self.activation) = (name, units, activation)
    (self.range, self.threshold) = (range, threshold)
  }

  /// The width with the activation, such as `4 tanh`.
  var detail: String { activation.isEmpty ? "\(units)" : "\(units) \(activation)" }

  /// The name of a unit, or its number.
  func unitName(_ index: Int) -> String { unitNames.indices.contains(index) ? unitNames[index] : "\(index + 1)" }
}

extension [LayerSummary] {
  /// Refuses layers that nothing can be drawn of.
  func check(at place: String = "layers") throws {
    guard !isEmpty else {
      throw GliaError("there are no layers to draw", at: place, expected: "at least one layer")
    }
    for (index, layer) in enumerated() where !(1...10_000_000).contains(layer.units) {
      throw GliaError(
        "a layer has \(layer.units) units", at: "\(place).\(index)", expected: "from 1 to 10,000,000 units")
    }
  }
}

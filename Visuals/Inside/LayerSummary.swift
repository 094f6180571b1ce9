import GliaCore

/// A description of a layer for the figures of a network's inside.
public struct LayerSummary: Hashable, Sendable {
  /// The name of the layer, such as `hidden 1`.
  public var name: String
  /// The name of its activation, such as `tanh`; may be empty.
  public var activation: String
  /// The number of units.
  public var units: Int
  /// The names of the units; if empty, they are numbered from 1.
  public var unitNames: [String] = []
  /// The interval of all values, with infinite bounds where there are none; `nil` if it is unknown.
  public var range: ClosedRange<Double>?
  /// The value above which a unit is active; `nil` for none.
  public var threshold: Double?

  /// Creates the description of a layer.
  public init(
    _ name: String, units: Int, activation: String = "", range: ClosedRange<Double>? = nil, threshold: Double? = nil
  ) {
    (self.name, self.units, self.activation) = (name, units, activation)
    (self.range, self.threshold) = (range, threshold)
  }

  /// The number of units and the activation, such as `4 tanh`.
  var detail: String { activation.isEmpty ? "\(units)" : "\(units) \(activation)" }

  /// Returns the name of a unit, or its number.
  func unitName(_ index: Int) -> String { unitNames.indices.contains(index) ? unitNames[index] : "\(index + 1)" }
}

extension [LayerSummary] {
  /// Throws an error if there are no layers or if a layer can't be drawn.
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

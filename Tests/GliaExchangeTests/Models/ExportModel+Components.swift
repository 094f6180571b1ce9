import Glia

extension ExportModel {
  /// Every layer and every activation of the registry.
  static func components() throws -> [ExportModel] { try layers() + activations() }

  private static func components(_ kind: ComponentKind) -> [(what: String, settings: JSON)] {
    var all: [(what: String, settings: JSON)] = []
    for entry in Registry.standard.components(of: kind) {
      let usual: JSON = [:]
      for example in [usual] + entry.type.examples {
        var settings = example.object ?? [:]
        settings["type"] = .string(entry.type.name)
        all.append(("\(entry.type.name) \(example)", JSON.object(settings)))
      }
    }
    return all
  }

  /// Every activation with its usual settings and those of its examples.
  static func activations() throws -> [ExportModel] {
    try components(.activation).compactMap { what, settings in
      guard let activation = try? Registry.standard.make((any Activation).self, from: settings) else { return nil }
      return try ExportModel(
        what, Network(input: [3], layers: [Dense(4, activation: activation), Dense(2, activation: activation)]))
    }
  }

  /// Every layer, for the first shape of inputs that it accepts.
  static func layers() throws -> [ExportModel] {
    try components(.layer).flatMap { what, settings in
      guard let layer = try? Registry.standard.make((any Layer).self, from: settings) else { return [ExportModel]() }
      let shapes = [[4], [3], [2], [6], [1], [8], [12], [2, 3], [3, 4]]
      let areIndices = what.contains("embedding")
      let all = try shapes.compactMap { shape -> ExportModel? in
        if shape.count > 1, what.hasPrefix("entity") { return nil }
        guard let network = try? Network(input: shape, layers: [layer]) else { return nil }
        return try ExportModel("\(what) of \(shape)", network, areIndices: areIndices)
      }
      return Array(all.prefix(1) + all.filter { $0.model.network.input.count > 1 }.prefix(1))
    }
  }
}

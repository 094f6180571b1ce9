extension Network: CustomStringConvertible {
  /// The number of parameters.
  public var parameterCount: Int { plan.parameterCount }

  /// One row per layer: its index and name, a note, the shape of its output, its number of parameters.
  public var rows: [(layer: String, detail: String, output: [Int], parameters: Int)] {
    zip(layers, plan.children).enumerated().map { index, part in
      ("\(index)  \(type(of: part.0).name)", part.0.detail, part.1.output, part.1.parameterCount)
    }
  }

  /// The widths of the layers in a few characters, such as `2–4–2–1`, or for an ensemble `5 × 2–4–2–1`.
  public var architecture: String {
    if layers.count == 1, !plan.children[0].isChain, let ensemble = layers[0] as? any ContainerLayer,
      ensemble.layers.count > 1
    {
      let members = ensemble.layers.compactMap { ($0 as? any ContainerLayer)?.layers }
        .compactMap { try? Network(undrawn: $0, input: input).architecture }
      if members.count == ensemble.layers.count, Set(members).count == 1 { return "\(members.count) × \(members[0])" }
    }
    return ([input] + zip(layers, plan.children).filter { $1.parameterCount > 0 }.map(\.1.output))
      .map { $0.map(String.init).joined(separator: "×") }.joined(separator: "–")
  }

  /// The table of layers with output shapes and parameters; the count of non-finite parameters is shown if there are any.
  public var description: String {
    let bad = parameters.count { !$0.isFinite }
    let table = TextTable(
      header: ["layer", "", "output", "parameters"], alignment: [.left, .left, .left, .right],
      rows: [["   input", "", "\(input)", ""]]
        + rows.map { [" " + $0.layer, $0.detail, "\($0.output)", $0.parameters.grouped] })
    return table.description + "\n   \(parameterCount.grouped) parameters\(bad > 0 ? " (\(bad) not finite)" : "")"
  }
}

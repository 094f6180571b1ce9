extension Network: CustomStringConvertible {
  /// How many numbers the network learns.
  public var parameterCount: Int { plan.parameterCount }

  /// One row a layer: its index and name, what is to be known about it, the shape of its output, its parameters.
  public var rows: [(layer: String, detail: String, output: [Int], parameters: Int)] {
    zip(layers, plan.children).enumerated().map { index, part in
      ("\(index)  \(type(of: part.0).name)", part.0.detail, part.1.output, part.1.parameterCount)
    }
  }

  /// Layers and widths in a few characters, such as `2–4–2–1`.
  public var architecture: String {
    ([input] + zip(layers, plan.children).filter { $1.parameterCount > 0 }.map(\.1.output))
      .map { $0.map(String.init).joined(separator: "×") }.joined(separator: "–")
  }

  /// The table of layers with output shapes and parameters; numbers that are not finite are pointed out.
  public var description: String {
    let bad = parameters.count { !$0.isFinite }
    let table = TextTable(
      header: ["layer", "", "output", "parameters"], alignment: [.left, .left, .left, .right],
      rows: [["   input", "", "\(input)", ""]]
        + rows.map { [" " + $0.layer, $0.detail, "\($0.output)", $0.parameters.grouped] })
    return table.description + "\n   \(parameterCount.grouped) parameters\(bad > 0 ? " (\(bad) not finite)" : "")"
  }
}

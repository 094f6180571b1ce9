import GliaCore

/// A diagram of a network: units in columns, connected by links whose color shows the sign of the weight and whose
/// width shows its size.
///
/// Units are discs or, for networks with two inputs, small maps of what they compute. A dot shows the bias of a unit.
/// If a layer is too wide for the page, its first and last units are drawn. Maps in place of units are known from the
/// TensorFlow playground (Smilkov et al., "Direct-manipulation visualization of deep networks", 2017).
///
/// ```swift
/// try NetworkDiagram(of: network, on: moons).write(to: "network.png")
/// ```
public struct NetworkDiagram: Figure {
  /// The weights and biases between two layers.
  public struct Connection: Hashable, Sendable {
    /// The weights, units × inputs, row by row; empty if the layer has none of this form.
    public var weights: [Float]
    /// The bias of each unit; empty for none.
    public var biases: [Float]
    /// The inputs that each unit is linked to; `nil` for all.
    public var sources: [[Int]]?

    /// Creates a connection.
    public init(weights: [Float] = [], biases: [Float] = [], sources: [[Int]]? = nil) {
      (self.weights, self.biases, self.sources) = (weights, biases, sources)
    }

    /// Returns whether a unit is linked to an input.
    func links(_ unit: Int, to input: Int) -> Bool {
      guard let sources else { return true }
      return sources.indices.contains(unit) && sources[unit].contains(input)
    }
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The layers, starting with the input.
  public var layers: [LayerSummary]
  /// The connections to all layers but the first.
  public var connections: [Connection]
  /// The maps of all units except the inputs; `nil` to draw discs.
  public var maps: UnitMaps?
  /// The maximum number of units drawn per layer; of wider layers, some of the first and last are drawn.
  public var mostUnits = 64
  /// The maximum number of links drawn between two layers, which are those with the largest weights.
  public var mostLinks = 500
  /// Whether biases are drawn.
  public var showsBiases = true

  /// Creates the diagram of `layers`, starting with the input, and the connections between them.
  public init(layers: [LayerSummary], connections: [Connection], maps: UnitMaps? = nil) {
    (self.layers, self.connections, self.maps) = (layers, connections, maps)
  }

  /// Draws the links, units, names, and legend.
  ///
  /// Rethrows errors of the maps. Throws an error when weights, biases, or maps don't match the layers, or when the
  /// page is too small for the layers and units.
  public func draw(on canvas: inout Canvas) throws {
    try check()
    let theme = page.theme
    let layout = try DiagramLayout(self, bounds: canvas.bounds)
    let links = DiagramLinks(self, layout)
    links.draw(on: &canvas)
    try drawUnits(on: &canvas, layout)
    if showsBiases { links.drawBiases(on: &canvas) }
    drawNames(on: &canvas, layout)
    var maps = maps
    maps?.page.theme = theme
    let classes = maps?.entries.classes ?? []
    DiagramKey(links: links, theme: theme, hasMaps: maps != nil, classes: classes).draw(on: &canvas, in: layout.key)
    page.drawText(on: &canvas, left: Page.margin, note: note(links))
  }

  private func check() throws {
    try layers.check()
    guard layers.count > 1 else {
      throw GliaError("there is only one layer to draw", at: "layers", expected: "the input and at least one layer")
    }
    guard connections.count == layers.count - 1 else {
      throw GliaError(
        "\(connections.count) connections between \(layers.count) layers", at: "connections",
        expected: "\(layers.count - 1), one before each layer but the first")
    }
    for (index, connection) in connections.enumerated() {
      let (inputs, layer) = (layers[index].units, layers[index + 1])
      guard connection.weights.isEmpty || connection.weights.count == inputs * layer.units else {
        throw GliaError(
          "\(connection.weights.count) weights from \(inputs) to \(layer.units) units", at: "connections.\(index)",
          expected: "\(inputs * layer.units) weights, or none")
      }
      guard connection.biases.isEmpty || connection.biases.count == layer.units else {
        throw GliaError(
          "\(connection.biases.count) biases of \(layer.units) units", at: "connections.\(index)",
          expected: "\(layer.units) biases, or none")
      }
    }
    if let maps, maps.layers.map(\.units) != layers.dropFirst().map(\.units) || layers[0].units != 2 {
      throw GliaError(
        "maps of \(maps.layers.map(\.units)) units from two inputs in a network of \(layers.map(\.units))", at: "maps",
        expected: "two inputs, and the units of all layers after them")
    }
  }

  private func drawUnits(on canvas: inout Canvas, _ layout: DiagramLayout) throws {
    let theme = page.theme
    for column in layout.columns {
      if let place = column.ellipsis {
        for offset in [-7.0, 0, 7] { canvas.fill(.circle(place + Point(0, offset), radius: 1.7), theme.secondary) }
      }
      guard !column.hasMaps else { continue }
      for place in column.places {
        let disc = Path.circle(place, radius: column.side / 2)
        canvas.fill(disc, theme.page)
        canvas.stroke(disc, Stroke(min(column.side / 12, 1.4)), theme.secondary)
      }
    }
    guard var maps else { return }
    maps.page.theme = theme
    let (x, y) = try maps.scales()
    let mapped = layout.columns.dropFirst()
    let largest = layout.columns.map(\.side).max() ?? 0
    let field = try UnitField(
      maps, units: mapped.map { $0.hasMaps ? $0.units : [] }, x: x, y: y,
      nodes: min(max(Int(largest * canvas.scale / 1.5), 40), 300))
    let shades = (0...256).map { UnitField.tint(theme)(Double($0) / 256) }
    for (index, column) in layout.columns.enumerated() where column.hasMaps {
      for (unit, area) in column.areas.enumerated() {
        if index == 0 {
          drawInput(unit, x, y, on: &canvas, in: area, shades)
        } else {
          field.paint(layer: index - 1, unit: unit, on: &canvas, in: area, shades: shades)
          let plot = Plot(area: area, x: Axis(x), y: Axis(y), theme: theme)
          if index == layers.count - 1, maps.showsPoints { maps.drawPoints(on: &canvas, plot) }
          try field.drawThreshold(
            layer: index - 1, unit: unit, on: &canvas, plot, Stroke(min(column.side / 30, 1.2)))
        }
        canvas.stroke(.rectangle(area), Stroke(min(column.side / 20, 1.2), join: .miter), theme.secondary)
      }
    }
  }

  /// Draws the map of an input, which is its own value on a scale symmetric around 0.
  private func drawInput(
    _ unit: Int, _ x: Scale, _ y: Scale, on canvas: inout Canvas, in area: Rect, _ shades: [Color]
  ) {
    let scale = unit == 0 ? x : y
    let reach = max(abs(scale.low), abs(scale.high))
    canvas.paint(area) { u, v in
      let place = 0.5 + scale.value(at: unit == 0 ? u : 1 - v) / reach / 2
      return shades[Int(min(max(place, 0), 1) * Double(shades.count - 1) + 0.5)]
    }
  }

  private func drawNames(on canvas: inout Canvas, _ layout: DiagramLayout) {
    let theme = page.theme
    for (layer, column) in zip(layers, layout.columns) {
      var y = layout.headings
      for (text, style) in [(layer.name, theme.label()), (layer.detail, theme.minor())] {
        let shown = Typeface.fitted(text, to: column.room, size: style.size)
        let half = style.width(of: shown) / 2
        let x = min(max(column.x, Page.margin + half), canvas.bounds.width - Page.margin - half)
        canvas.write(shown, at: Point(x, y), style, align: .middle)
        y += theme.labelSize * 1.4
      }
      if let place = column.ellipsis {
        let text = "\(layer.units - column.units.count) more"
        let at = place + Point(column.side / 2 + 6, 0)
        let width = theme.note().width(of: text)
        canvas.fill(
          .rectangle(Rect(x: at.x - 3, y: at.y - 8, width: width + 6, height: 16)), theme.page.opacity(0.85))
        canvas.write(text, at: at, theme.note(), centered: true)
      }
    }
    for (index, isRight) in [(0, false), (layers.count - 1, true)] where !layers[index].unitNames.isEmpty {
      let column = layout.columns[index]
      for (unit, place) in zip(column.units, column.places) where layers[index].unitNames.indices.contains(unit) {
        guard column.pitch >= theme.labelSize else { break }
        let text = Typeface.fitted(layers[index].unitNames[unit], to: layout.nameWidth, size: theme.labelSize)
        let x = isRight ? place.x + column.side / 2 + 8 : place.x - column.side / 2 - 8
        canvas.write(text, at: Point(x, place.y), theme.label(), align: isRight ? .start : .end, centered: true)
      }
    }
  }

  func note(_ links: DiagramLinks) -> String {
    let broken = connections.reduce(0) { sum, connection in
      sum + connection.weights.count { !$0.isFinite } + connection.biases.count { !$0.isFinite }
    }
    let (all, drawn) = links.counts
    return [
      drawn < all ? "the \(drawn) strongest of \(all) links drawn" : "",
      broken > 0 ? "\(broken) \(broken == 1 ? "weight that is" : "weights that are") not finite left out" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

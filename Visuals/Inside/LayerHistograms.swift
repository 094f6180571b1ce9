import GliaCore

/// The distributions of the weights and activations of every layer over the epochs, from the first at the back to the
/// last and darkest at the front. Zero activations are not drawn but counted, as are dead units, which output 0 for
/// every sample.
///
/// The distributions are averaged shifted histograms (D. W. Scott, 1985), which are smooth even for few weights. Rows
/// are at most as high as the median row, so heights are comparable only within a row.
///
/// ```swift
/// var histograms = LayerHistograms()
/// while try training.next() != nil { try histograms.record(training.network, on: data) }
/// try histograms.write(to: "histograms.png")
/// ```
public struct LayerHistograms: Figure {
  /// The values of all layers at one step.
  public struct Snapshot: Hashable, Sendable {
    /// The step, such as the epoch.
    public var step: Int
    /// The values of every layer.
    public var layers: [Values]

    /// Creates a snapshot of all layers at `step`.
    public init(step: Int, layers: [Values]) { (self.step, self.layers) = (step, layers) }
  }

  /// The weights and activations of a layer at one step.
  public struct Values: Hashable, Sendable {
    /// The weights.
    public var weights: [Float]
    /// The activations of its units, of which at most some thousands are kept.
    public var activations: [Float]
    /// The fraction of activations that are exactly 0.
    public var zeros: Double
    /// The number of dead units, which output 0 for every sample.
    public var deadUnits: Int
    /// The number of units.
    public var units: Int

    /// Creates the values of a layer with `units` units. Activations are given sample by sample; if there are many,
    /// only some are kept.
    public init(weights: [Float] = [], activations: [Float] = [], units: Int = 1) {
      (self.weights, self.units) = (weights, max(units, 1))
      let units = min(self.units, max(activations.count, 1))
      var isAlive = Array(repeating: activations.isEmpty, count: units)
      var silent = 0
      for (index, value) in activations.enumerated() {
        if value == 0 { silent += 1 } else { isAlive[index % units] = true }
      }
      deadUnits = isAlive.count { !$0 }
      zeros = activations.isEmpty ? 0 : Double(silent) / Double(activations.count)
      // A stride with a common factor with the number of units would skip some units.
      var step = activations.count / 20_000 + 1
      while Self.commonFactor(step, units) > 1 { step += 1 }
      self.activations =
        activations.count <= 20_000
        ? activations : stride(from: 0, to: activations.count, by: step).map { activations[$0] }
    }

    private static func commonFactor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : commonFactor(b, a % b) }
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The layers without the input.
  public var layers: [LayerSummary]
  /// The recorded snapshots in order.
  public var snapshots: [Snapshot]
  /// The name of the step, such as `epoch`.
  public var stepName = "epoch"
  /// The maximum number of snapshots drawn: the first, the last, and some in between.
  public var mostSnapshots = 16
  /// The limits of the weight axes; if `nil`, they include almost all weights.
  public var weightLimits: ClosedRange<Double>?
  /// The limits of the activation axes; if `nil`, each layer uses its range or includes almost all activations.
  public var activationLimits: ClosedRange<Double>?
  /// The number of recorded snapshots, of which one in `stride` is kept.
  var recorded = (count: 0, stride: 1)

  /// Creates the histograms of `snapshots`, or of snapshots recorded later.
  public init(layers: [LayerSummary] = [], snapshots: [Snapshot] = []) {
    (self.layers, self.snapshots) = (layers, snapshots)
  }

  private static let gap = 26.0

  /// Draws one column per layer, with its weights above its activations.
  ///
  /// Throws an error when there are no snapshots or no finite values, when snapshots and layers differ in number, or
  /// when the page is too small for the layers.
  public func draw(on canvas: inout Canvas) throws {
    try check()
    let theme = page.theme
    let shown = shownSnapshots
    let kinds: [RidgePlot.Kind] = [.weights, .activations].filter { kind in
      shown.contains { $0.layers.contains { kind.values(of: $0).contains(where: \.isFinite) } }
    }
    let labels = shown.map { "\($0.step)" }
    let widest = labels.map { theme.tick().width(of: $0) }.max() ?? 0
    let left = Page.margin + theme.labelSize + 12 + widest + 8
    let top = Page.margin + page.headerHeight + theme.labelSize * 2.9
    let width =
      (canvas.bounds.width - left - Page.margin - 8 - Double(layers.count - 1) * Self.gap) / Double(layers.count)
    let captions = kinds.map { kind in
      let lines = layers.indices.map { index in RidgePlot.captions(kind, shown.map { $0.layers[index] }).count }
      return theme.tickSize * (0.3 + 1.35 * Double(lines.max() ?? 0))
    }
    let axisHeight = theme.tickSize * 1.6 + theme.labelSize * 1.7 + 6
    let room = canvas.bounds.height - top - Page.margin - Page.noteHeight - captions.reduce(0, +)
    let height = room / Double(kinds.count) - axisHeight
    guard width >= 40, height >= 40 else {
      throw GliaError(
        "the histograms do not fit on a page of \(page.width) × \(page.height) pixels", at: "layers",
        expected: "room for histograms of 40 units a side", remedy: "make the page larger, or its scale smaller")
    }
    for (index, layer) in layers.enumerated() {
      let x = left + Double(index) * (width + Self.gap)
      var y = Page.margin + page.headerHeight + theme.labelSize * 0.9
      for (text, style) in [(layer.name, theme.label()), (layer.detail, theme.minor())] {
        canvas.write(Typeface.fitted(text, to: width, size: style.size), at: Point(x, y), style)
        y += theme.labelSize * 1.4
      }
      y = top
      for (kind, caption) in zip(kinds, captions) {
        let area = Rect(x: x, y: y + caption, width: width, height: height)
        let plot = RidgePlot(
          kind: kind, rows: shown.map { $0.layers[index] }, area: area, scale: scale(kind, index, shown), theme: theme)
        plot.draw(on: &canvas)
        if index == 0 { plot.drawSteps(labels, name: stepName, on: &canvas, left: Page.margin) }
        y = area.maxY + axisHeight
      }
    }
    page.drawText(on: &canvas, left: left, note: note(shown))
  }

  private func check() throws {
    guard !snapshots.isEmpty else {
      throw GliaError(
        "there are no histograms to draw", at: "snapshots", expected: "at least one",
        remedy: "record the network while it is trained")
    }
    try layers.check()
    for (index, snapshot) in snapshots.enumerated() where snapshot.layers.count != layers.count {
      throw GliaError(
        "values of \(snapshot.layers.count) layers for \(layers.count) that are to be drawn", at: "snapshots.\(index)",
        expected: "as many as layers")
    }
    for (limits, name) in [(weightLimits, "weightLimits"), (activationLimits, "activationLimits")] {
      guard let limits, !(limits.lowerBound.isFinite && limits.upperBound.isFinite) else { continue }
      throw GliaError(
        "the axis goes from \(limits.lowerBound) to \(limits.upperBound)", at: name, expected: "finite limits")
    }
    guard
      snapshots.contains(where: { $0.layers.contains { ($0.weights + $0.activations).contains(where: \.isFinite) } })
    else {
      throw GliaError(
        "no weight and no activation is finite", at: "snapshots", expected: "at least one finite value")
    }
  }

  /// Evenly spaced snapshots, including the last.
  private var shownSnapshots: [Snapshot] {
    let last = snapshots.count - 1
    guard mostSnapshots > 1 else { return Array(snapshots.suffix(1)) }
    let step = max((last - 1) / (mostSnapshots - 1) + 1, 1)
    return stride(from: 0, to: last, by: step).map { snapshots[$0] } + [snapshots[last]]
  }

  /// Returns the scale of a plot: weights share one for comparison, activations use their range.
  private func scale(_ kind: RidgePlot.Kind, _ layer: Int, _ shown: [Snapshot]) -> Scale {
    let limits = kind == .weights ? weightLimits : activationLimits
    if let limits { return Scale(from: limits.lowerBound, to: limits.upperBound) }
    func rows(_ layer: Int) -> [[Float]] { shown.map { kind.drawn(of: $0.layers[layer]) } }
    if kind == .weights { return RidgePlot.scale(around: layers.indices.map(rows)) }
    if let range = layers[layer].range, range.lowerBound.isFinite, range.upperBound.isFinite {
      return Scale(from: range.lowerBound, to: range.upperBound)
    }
    return RidgePlot.scale(around: [rows(layer)], from: layers[layer].range?.lowerBound == 0 ? 0 : nil)
  }

  func note(_ shown: [Snapshot]) -> String {
    let broken = shown.reduce(0) { sum, snapshot in
      sum + snapshot.layers.reduce(0) { $0 + ($1.weights + $1.activations).count { !$0.isFinite } }
    }
    let all = max(recorded.count, snapshots.count)
    return [
      shown.count < all ? "\(shown.count) of \(all) recorded \(stepName)s shown" : "",
      broken > 0 ? "\(broken) \(broken == 1 ? "value that is" : "values that are") not finite left out" : "",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

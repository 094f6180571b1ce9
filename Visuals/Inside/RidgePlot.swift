/// Overlapping histograms of one quantity of one layer.
struct RidgePlot {
  /// The quantity.
  enum Kind {
    case weights
    case activations

    var name: String { self == .weights ? "weights" : "activations" }
    func values(of layer: LayerHistograms.Values) -> [Float] {
      self == .weights ? layer.weights : layer.activations
    }
    /// Returns the values of a ridge; zero activations are only counted.
    func drawn(of layer: LayerHistograms.Values) -> [Float] {
      values(of: layer).filter { $0.isFinite && (self == .weights || layer.zeros == 0 || $0 != 0) }
    }
  }

  let kind: Kind
  /// The rows from back to front.
  let rows: [LayerHistograms.Values]
  let area: Rect
  let scale: Scale
  let theme: Theme

  /// Returns a scale on which the ridges of all `plots`, given by their rows, are not cut off. Distant outliers are
  /// ignored. The scale begins at `floor` if there is one.
  static func scale(around plots: [[[Float]]], from floor: Double? = nil) -> Scale {
    let sorted = plots.joined().joined().filter(\.isFinite).map(Double.init).sorted()
    guard let first = sorted.first, let last = sorted.last else { return Scale(from: floor ?? -1, to: 1) }
    let skipped = sorted.count / 1000
    let (least, most) = (sorted[skipped], sorted[sorted.count - 1 - skipped])
    let isFarFlung = most > least && (last - first) > 3 * (most - least)
    let bounds = isFarFlung ? least...most : first...last
    let air = (bounds.upperBound - bounds.lowerBound) * 0.03
    // A ridge extends beyond its values by the width of a bin, which is a fraction of the axis to be found.
    let ends = plots.compactMap { rows -> (low: Double, high: Double, bin: Double)? in
      let values = rows.map { $0.filter { $0.isFinite && bounds.contains(Double($0)) } }
      guard let low = values.joined().min(), let high = values.joined().max() else { return nil }
      return (floor ?? (Double(low) - air), Double(high) + air, 1 / Double(bins(values.map(\.count).max() ?? 0)))
    }
    let length =
      ends.map { left in
        ends.map { ($0.high - left.low) / (1 - $0.bin - (floor == nil ? left.bin : 0)) }.max() ?? 0
      }.max() ?? 0
    let (low, high) = (ends.map { $0.low - length * $0.bin }.min(), ends.map { $0.high + length * $0.bin }.max())
    return Scale(from: floor ?? low ?? -1, to: high ?? 1)
  }

  /// Returns the number of bins for the number of values in the longest row.
  private static func bins(_ values: Int) -> Int { min(max(Int(1.5 * Double(values).squareRoot()), 6), 40) }

  /// The density of every row at evenly spaced positions: an average of shifted histograms (D. W. Scott, 1985), which
  /// doesn't depend on where bins begin. Its mean is 1, less the fraction of zeros and of values outside the axis.
  var densities: [[Double]] {
    let values = rows.map(kind.drawn)
    let bins = Self.bins(values.map(\.count).max() ?? 0)
    let shifts = 6
    return zip(values, rows).map { values, row in
      let share = kind == .weights ? 1 : 1 - row.zeros
      return Self.averaged(count(values, bins * shifts), shifts).map {
        $0 * share * Double(bins * shifts) / Double(max(values.count, 1))
      }
    }
  }

  private func count(_ values: [Float], _ bins: Int) -> [Double] {
    var counts = Array(repeating: 0.0, count: bins)
    for value in values {
      let place = scale.fraction(Double(value))
      if place >= 0, place <= 1 { counts[min(Int(place * Double(bins)), bins - 1)] += 1 }
    }
    return counts
  }

  /// Returns the counts smoothed by a triangular kernel of half-width `reach`, reflected at the ends.
  static func averaged(_ counts: [Double], _ reach: Int) -> [Double] {
    var averaged = Array(repeating: 0.0, count: counts.count)
    for (bin, count) in counts.enumerated() where count > 0 {
      for offset in 1 - reach...reach - 1 {
        let place = bin + offset
        let folded = place < 0 ? -1 - place : place >= counts.count ? 2 * counts.count - 1 - place : place
        averaged[folded] += count * Double(reach - abs(offset)) / Double(reach * reach)
      }
    }
    return averaged
  }

  /// The height of the highest row.
  private var reach: Double {
    rows.count == 1 ? area.height : min(area.height * 0.4, 5 * area.height / Double(rows.count))
  }
  private func baseline(_ row: Int) -> Double {
    rows.count == 1
      ? area.maxY : area.y + reach + (area.height - reach) * Double(row) / Double(rows.count - 1)
  }

  func draw(on canvas: inout Canvas) {
    drawZero(on: &canvas)
    canvas.clip = area
    let densities = densities
    let peaks = densities.map { $0.max() ?? 0 }
    // Peaks above the median are drawn at the same height, so that one narrow row doesn't flatten all others.
    let common = peaks.sorted()[peaks.count / 2]
    for (row, heights) in densities.enumerated() {
      let t = rows.count == 1 ? 1 : Double(row) / Double(rows.count - 1)
      let color = theme.ramp(at: 0.12 + 0.88 * t)
      let base = baseline(row)
      canvas.stroke(.line(Point(area.x, base), Point(area.maxX, base)), Stroke(0.6), color)
      guard peaks[row] > 0 else { continue }
      let unit = reach / max(peaks[row], common)
      let step = area.width / Double(heights.count)
      var crest = heights.enumerated().map { Point(area.x + (Double($0) + 0.5) * step, base - $1 * unit) }
      crest = [Point(area.x, crest[0].y)] + crest + [Point(area.maxX, crest[crest.count - 1].y)]
      canvas.fill(Path(crest + [Point(area.maxX, base), Point(area.x, base)], closed: true), color)
      canvas.stroke(Path(crest), Stroke(0.9), theme.page)
    }
    canvas.clip = nil
    drawAxis(on: &canvas)
    var y = area.y - theme.tickSize * 0.5
    for (text, isAlarm) in Self.captions(kind, rows).reversed() {
      let style = Canvas.TextStyle(theme.tickSize, color: isAlarm ? theme.alarm : theme.secondary)
      canvas.write(Typeface.fitted(text, to: area.width + 20, size: style.size), at: Point(area.x, y), style)
      y -= theme.tickSize * 1.35
    }
  }

  /// Returns the standard deviation of the weights, or the fraction of zero activations and the number of dead units,
  /// for the first and last row.
  static func captions(_ kind: Kind, _ rows: [LayerHistograms.Values]) -> [(text: String, isAlarm: Bool)] {
    func change(_ first: String, _ last: String) -> String { first == last ? last : "\(first) → \(last)" }
    guard let first = rows.first, let last = rows.last else { return [] }
    guard kind == .activations else {
      let spreads = [first, last].map { NumberText.short(deviation($0.weights), digits: 2) }
      return last.weights.isEmpty ? [] : [("deviation " + change(spreads[0], spreads[1]), false)]
    }
    guard rows.contains(where: { $0.zeros > 0 }) else { return [] }
    let zeros = [first, last].map { "\(Int(($0.zeros * 100).rounded()))" }
    let dead = change("\(first.deadUnits)", "\(last.deadUnits)")
    return [
      ("zeros \(change(zeros[0], zeros[1])) %", false), ("dead units \(dead) of \(last.units)", last.deadUnits > 0),
    ]
  }

  /// Returns the standard deviation √(Σ (w − mean)² / n) of the finite weights.
  static func deviation(_ values: [Float]) -> Double {
    let finite = values.lazy.map(Double.init).filter(\.isFinite)
    let count = Double(max(finite.count, 1))
    let mean = finite.reduce(0, +) / count
    return (finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }

  private func drawZero(on canvas: inout Canvas) {
    guard scale.low < 0, scale.high > 0 else { return }
    let x = canvas.crisp(area.x + scale.fraction(0) * area.width, width: 1)
    canvas.stroke(.line(Point(x, area.y), Point(x, area.maxY)), Stroke(1 / canvas.scale), theme.spine.opacity(0.6))
  }

  private func drawAxis(on canvas: inout Canvas) {
    let x = Axis(scale, name: kind.name).fitted(to: area.width, most: 6, vertical: false, theme: theme)
    let y = Axis(Scale(from: 0, to: 1), ticks: Ticks(values: [], labels: []))
    Plot(area: area, x: x, y: y, theme: theme).drawAxes(on: &canvas)
  }

  /// Writes the labels of the rows, as far as they fit, and their name.
  func drawSteps(_ labels: [String], name: String, on canvas: inout Canvas, left: Double) {
    let last = labels.count - 1
    let room = max(Int((baseline(last) - baseline(0)) / (theme.tickSize * 1.2)), 1)
    let step = max((last + room - 1) / room, 1)
    for row in stride(from: 0, through: last - step, by: step).map(\.self) + [last] {
      canvas.write(labels[row], at: Point(area.x - 8, baseline(row)), theme.tick(), align: .end, centered: true)
    }
    let middle = (baseline(0) + baseline(labels.count - 1)) / 2
    canvas.write(
      Typeface.fitted(name, to: area.height, size: theme.labelSize),
      at: Point(left + theme.labelSize * 0.8, middle), theme.label(), align: .middle, direction: .up)
  }
}

import RealModule

/// The axis of the objective of a search, on which very bad trials don't compress all others.
struct ObjectiveScale {
  let scale: Scale
  let isMaximized: Bool
  /// The number of finite values that are worse than the axis shows.
  let beyond: Int

  /// Creates a scale of all finite `values` but those that are far worse than most, which are left out if that at least
  /// halves the span; `nil` if no value is finite.
  ///
  /// The scale is logarithmic if small values are best, all are positive, and they span more than two powers of ten.
  init?(_ values: [Double], isMaximized: Bool) {
    let finite = values.filter(\.isFinite).sorted()
    guard let low = finite.first, let high = finite.last else { return nil }
    self.isMaximized = isMaximized
    let (q1, q3) = (finite[finite.count / 4], finite[finite.count - 1 - finite.count / 4])
    let reach = 10 * (q3 - q1)
    let ratio = q1 > 0 ? q3 / q1 : 1
    let fence = isMaximized ? q1 - reach : max(q3 + reach, q3 * ratio * ratio * ratio)
    var kept = finite[...]
    if finite.count >= 8, q3 > q1 {
      let inside = isMaximized ? finite.drop { $0 < fence } : finite.prefix { $0 <= fence }
      if let start = inside.first, let end = inside.last, end - start <= (high - low) / 2 { kept = inside }
    }
    beyond = finite.count - kept.count
    let kind = isMaximized ? .linear : LossStrip.kind(of: Array(kept), over: 100)
    scale = .spanning(kept, kind, padding: kept.count == 1 ? 0.5 : 0.05)
  }

  /// Returns how good a value is, from 0 for the worst to 1 for the best.
  func merit(_ value: Double) -> Double {
    let fraction = min(max(scale.fraction(value), 0), 1)
    return isMaximized ? fraction : 1 - fraction
  }

  /// Returns whether `value` is worse than the axis shows.
  func isBeyond(_ value: Double) -> Bool { isMaximized ? value < scale.low : value > scale.high }

  /// The remark on values that are not shown.
  var note: String {
    beyond == 0 ? "" : "\(beyond) far \(isMaximized ? "below" : "above") the axis (arrows)"
  }

  /// The number of trials up to which all are drawn as dots.
  private static let mostDots = 20_000

  /// Returns the distance of the trials that are drawn: 1 unless there are very many.
  static func stride(of count: Int) -> Int { max((count + mostDots - 1) / mostDots, 1) }

  /// The remark on trials that are not drawn.
  static func strideNote(_ count: Int) -> String {
    stride(of: count) == 1 ? "" : "every \(stride(of: count))th trial drawn"
  }

  /// Returns the index of the best finite value, the first one if several are equal.
  static func best(_ values: [Double], isMaximized: Bool) -> Int? {
    values.indices.filter { values[$0].isFinite }.min {
      values[$0] == values[$1] ? $0 < $1 : (values[$0] < values[$1]) != isMaximized
    }
  }
}

extension Canvas {
  /// Draws a small triangle at the edge of a plot, which means that the value is beyond it.
  mutating func markOutside(_ place: Point, isBelow: Bool, _ color: Color) {
    let marker: Marker = isBelow ? .triangleDown : .triangle
    fill(marker.path(place, radius: 3.2), color)
  }
}

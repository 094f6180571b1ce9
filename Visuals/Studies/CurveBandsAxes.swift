import GliaCore

extension CurveBands {
  /// Returns the axes around all points that can be drawn.
  func axes() throws -> (x: Axis, y: Axis) {
    let places = series.flatMap { series in zip(series.x, series.median).filter { $0.1.isFinite }.map(\.0) }
    guard places.contains(where: \.isFinite) else {
      let count = series.map(\.x.count).reduce(0, +)
      throw GliaError(
        count == 0 ? "there are no curves to draw" : "none of the \(count) points is finite", at: "series",
        expected: "a finite point of at least one curve")
    }
    let marked = references.filter { $0.direction == .vertical }.map(\.value)
    return (try horizontalAxis(series.flatMap(\.x).filter(\.isFinite) + marked), try verticalAxis())
  }

  private func horizontalAxis(_ values: [Double]) throws -> Axis {
    let values = values.filter(\.isFinite)
    let kind = horizontal ?? Self.usual(for: values)
    let padding = hasFewPoints && !isStepped ? 0.03 : 0
    switch kind {
    case .linear: return Axis(.spanning(values, padding: padding), name: xName)
    case .logarithmic:
      guard values.contains(where: { $0 > 0 }) else {
        throw GliaError(
          "no position is above 0 on a logarithmic axis", at: "horizontal", expected: "a positive position",
          remedy: "use a linear axis")
      }
      return Axis(.spanning(values, .logarithmic, padding: padding), name: xName)
    case .wholeNumbers:
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      let inset = high - low < 20 ? 0.5 : 0
      let scale = Scale(from: low - inset, to: max(high, low + 1) + inset)
      return Axis(scale, name: xName, ticks: Ticks(wholeNumbersOf: scale))
    }
  }

  private static func usual(for values: [Double]) -> HorizontalScale {
    if Scale.Kind.suiting(values) == .logarithmic { return .logarithmic }
    return values.allSatisfy { $0 == $0.rounded() && abs($0) < 1e9 } ? .wholeNumbers : .linear
  }

  private func verticalAxis() throws -> Axis {
    if let limits {
      guard limits.lowerBound.isFinite, limits.upperBound.isFinite, limits.lowerBound < limits.upperBound,
        vertical != .logarithmic || limits.lowerBound > 0
      else {
        throw GliaError(
          "the axis goes from \(limits.lowerBound) to \(limits.upperBound)", at: "limits",
          expected: "finite limits, above 0 on a logarithmic axis")
      }
      return Axis(Scale(vertical ?? .linear, from: limits.lowerBound, to: limits.upperBound), name: yName)
    }
    let medians = series.map { $0.median.filter(\.isFinite) }
    // Exploding values must not compress all others.
    let usual = medians.flatMap { values in
      [values.first, values.sorted().dropFirst((values.count - 1) / 2).first].compactMap(\.self).map(abs)
    }
    let limit = usual.max().map { $0 > 0 ? $0 * 1000 : .infinity } ?? .infinity
    let marked = references.filter { $0.direction == .horizontal }.map(\.value)
    let all = (medians.joined() + series.flatMap { $0.low + $0.high } + marked).filter { abs($0) <= limit }
    let kind = vertical ?? LossStrip.kind(of: all, over: 100)
    if kind == .logarithmic, !all.contains(where: { $0 > 0 }) {
      throw GliaError(
        "no value is above 0 on a logarithmic axis", at: "vertical", expected: "a positive value",
        remedy: "use a linear axis")
    }
    return Axis(.anchored(all, kind, padding: 0.06), name: yName)
  }
}

import RealModule

extension Scale.Kind {
  /// Returns logarithmic for positive values that span more than a factor of ten and whose median is nearer to the middle of a
  /// logarithmic axis than of a linear one.
  static func suiting(_ values: [Double]) -> Scale.Kind {
    let sorted = values.filter(\.isFinite).sorted()
    guard let low = sorted.first, let high = sorted.last, low > 0, high / low > 10 else { return .linear }
    let median = sorted[(sorted.count - 1) / 2] / 2 + sorted[sorted.count / 2] / 2
    func distance(_ kind: Scale.Kind) -> Double { abs(Scale(kind, from: low, to: high).fraction(median) - 0.5) }
    return distance(.logarithmic) < distance(.linear) ? .logarithmic : .linear
  }
}

/// A mapping from values to positions along an axis.
public struct Scale: Hashable, Sendable {
  /// Whether the axis is linear or logarithmic.
  public enum Kind: Hashable, Sendable {
    /// Equal differences have equal distances.
    case linear
    /// Equal ratios have equal distances.
    case logarithmic
  }

  /// Whether the axis is linear or logarithmic.
  public let kind: Kind
  /// The value at the start of the axis.
  public let low: Double
  /// The value at the end of the axis, above `low`.
  public let high: Double

  /// Creates a scale from `low` to `high`, widened if they are too close to each other.
  public init(_ kind: Kind = .linear, from low: Double, to high: Double) {
    let limit = 1e300
    var (low, high) = low.isNaN || high.isNaN ? (0, 1) : (min(max(low, -limit), limit), min(max(high, -limit), limit))
    if kind == .logarithmic, low > 0, high > 0 {
      self.kind = .logarithmic
      (low, high) = (max(low, 1 / limit), max(high, 1 / limit))
      (self.low, self.high) = high > low * 1.0001 ? (low, high) : (low / 2, high * 2)
    } else {
      self.kind = .linear
      let middle = low / 2 + high / 2
      // Ticks can't distinguish values that differ by less than a billionth.
      let room = max(abs(middle) * 1e-9, 1e-290)
      (self.low, self.high) = high - low > room ? (low, high) : Self.around(middle)
    }
  }

  /// Returns a scale of all finite `values`, padded on both sides by the fraction `padding` of their span.
  ///
  /// A single value is placed in the middle; without values, the scale goes from 0 to 1.
  public static func spanning(
    _ values: some Sequence<Double>, _ kind: Kind = .linear, padding: Double = 0.05
  ) -> Scale {
    let useful = values.lazy.filter { $0.isFinite && (kind == .linear || $0 > 0) }
    guard let low = useful.min(), let high = useful.max() else { return Scale(kind, from: 0, to: 1) }
    if kind == .logarithmic {
      let reach = Double.exp((Double.log(high) - Double.log(low)) * padding)
      return Scale(.logarithmic, from: max(low / reach, 1e-300), to: min(high * reach, 1e300))
    }
    let pad = (high / 2 - low / 2) * padding * 2
    return Scale(from: low - pad, to: high + pad)
  }

  /// Returns the scale of ``spanning(_:_:padding:)``, which starts at 0 if the values begin so close to it that its start could
  /// be mistaken for 0.
  static func anchored(_ values: some Sequence<Double>, _ kind: Kind = .linear, padding: Double) -> Scale {
    let scale = spanning(values, kind, padding: padding)
    let finite = values.lazy.filter(\.isFinite)
    guard scale.kind == .linear, let low = finite.min(), let high = finite.max(), low > 0, low < 0.15 * (high - low)
    else { return scale }
    return Scale(from: 0, to: scale.high)
  }

  private static func around(_ value: Double) -> (Double, Double) {
    let reach = value == 0 ? 0.5 : max(abs(value) * 0.1, 1e-290)
    return (value - reach, value + reach)
  }

  /// Returns the position of `value` from 0 at the start of the axis to 1 at its end.
  public func fraction(_ value: Double) -> Double {
    switch kind {
    case .linear: (value / 2 - low / 2) / (high / 2 - low / 2)
    case .logarithmic:
      value > 0 ? (Double.log(value) - Double.log(low)) / (Double.log(high) - Double.log(low)) : -.infinity
    }
  }

  /// Returns the value at `fraction` of the axis.
  public func value(at fraction: Double) -> Double {
    switch kind {
    case .linear: low + (high / 2 - low / 2) * fraction * 2
    case .logarithmic: Double.exp(Double.log(low) + (Double.log(high) - Double.log(low)) * fraction)
    }
  }

  /// Returns whether `value` lies on the axis.
  public func contains(_ value: Double) -> Bool { value >= low && value <= high }
}

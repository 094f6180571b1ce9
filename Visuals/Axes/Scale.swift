import RealModule

/// How numbers are laid along an axis.
public struct Scale: Hashable, Sendable {
  /// The law of the axis.
  public enum Kind: Hashable, Sendable {
    /// Equal steps are equally far apart.
    case linear
    /// Equal ratios are equally far apart.
    case logarithmic
  }

  /// The law of the axis.
  public let kind: Kind
  /// The number at its start.
  public let low: Double
  /// The number at its end, above `low`.
  public let high: Double

  /// A scale from `low` to `high`; where these leave no room between them, it is widened.
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
      // Below a billionth of their size, numbers cannot be told apart by ticks.
      let room = max(abs(middle) * 1e-9, 1e-290)
      (self.low, self.high) = high - low > room ? (low, high) : Self.around(middle)
    }
  }

  /// A scale that holds all finite `values` with the part `padding` of their span left on both sides.
  ///
  /// One value alone is put in the middle; without any, the scale goes from 0 to 1.
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

  private static func around(_ value: Double) -> (Double, Double) {
    let reach = value == 0 ? 0.5 : max(abs(value) * 0.1, 1e-290)
    return (value - reach, value + reach)
  }

  /// Where `value` lies: 0 at the start of the axis, 1 at its end.
  public func fraction(_ value: Double) -> Double {
    switch kind {
    case .linear: (value / 2 - low / 2) / (high / 2 - low / 2)
    case .logarithmic:
      value > 0 ? (Double.log(value) - Double.log(low)) / (Double.log(high) - Double.log(low)) : -.infinity
    }
  }

  /// The number at `fraction` of the axis.
  public func value(at fraction: Double) -> Double {
    switch kind {
    case .linear: low + (high / 2 - low / 2) * fraction * 2
    case .logarithmic: Double.exp(Double.log(low) + (Double.log(high) - Double.log(low)) * fraction)
    }
  }

  /// Whether `value` lies on the axis.
  public func contains(_ value: Double) -> Bool { value >= low && value <= high }
}

import GliaCore
import RealModule

/// A range of numbers, both ends included: linear or logarithmic, of real or whole numbers, with or without a step.
///
/// As text, a range is `0..1`, `log:1e-4..1`, `int:2..64` or `log-int:8..512`, and with a step `0..1:0.1`, `int:0..64:8` or
/// `log:1e-4..1:10`. The step of a logarithmic range is a factor: `log-int:8..512:2` is 8, 16, 32, …, 512.
public struct SearchRange: Hashable, Sendable {
  /// The smallest value.
  public let low: Double
  /// The largest value; if there is a step, values end with the last step that does not exceed it.
  public let high: Double
  /// Whether equal ratios are equally likely, rather than equal differences.
  public let isLogarithmic: Bool
  /// Whether values are whole numbers.
  public let isWhole: Bool
  /// The difference of neighboring values, or their ratio in a logarithmic range; nil for all values.
  public let step: Double?
  /// The values of a logarithmic range with a step.
  private let ladder: [Double]

  /// Creates a range.
  ///
  /// - Parameters:
  ///   - bounds: the smallest and the largest value, which must be above 0 in a logarithmic range.
  ///   - isLogarithmic: whether equal ratios are equally likely.
  ///   - isWhole: whether values are whole numbers.
  ///   - step: the difference of neighboring values, or their ratio in a logarithmic range.
  /// - Throws: `GliaError` for bounds that are not finite, a width that overflows, a logarithm of 0, and a step that is
  ///   too small.
  public init(
    _ bounds: ClosedRange<Double>, isLogarithmic: Bool = false, isWhole: Bool = false, step: Double? = nil
  ) throws {
    try self.init(bounds.lowerBound, bounds.upperBound, isLogarithmic: isLogarithmic, isWhole: isWhole, step: step)
  }

  /// Creates a range of ends in any order; throws unless they are a range.
  init(_ low: Double, _ high: Double, isLogarithmic: Bool, isWhole: Bool, step: Double?) throws {
    (self.low, self.high, self.isLogarithmic, self.isWhole, self.step) = (low, high, isLogarithmic, isWhole, step)
    try Self.check(low, high, isLogarithmic: isLogarithmic, isWhole: isWhole)
    ladder = try step.map { try Self.rungs(low, high, isLogarithmic: isLogarithmic, isWhole: isWhole, step: $0) } ?? []
  }

  /// The number of values; nil if they are not limited.
  public var count: Int? {
    if !ladder.isEmpty { return ladder.count }
    if let step { return Int(((high - low) / step * (1 + 1e-12) + 1e-9).rounded(.down)) + 1 }
    return isWhole ? Int(high - low) + 1 : low == high ? 1 : nil
  }

  /// Returns the value at a coordinate in [0, 1).
  ///
  /// Real numbers are rounded to about 4 significant digits, or to as many as keep 10,000 values of the range distinct.
  public func value(at coordinate: Double) -> Double {
    let u = min(max(coordinate, 0), 1)
    if let step, let count {
      let index = min(Int(u * Double(count)), count - 1)
      return ladder.isEmpty ? stepped(index, step) : ladder[index]
    }
    if isWhole, !isLogarithmic { return min(low + (u * (high - low + 1)).rounded(.down), high) }
    let ends = cells
    let exact = isLogarithmic ? Double.exp(ends.low + u * (ends.high - ends.low)) : low + u * (high - low)
    return min(max(isWhole ? exact.rounded() : rounded(exact), low), high)
  }

  /// Returns the coordinate of a value: the middle of its part of [0, 1) if the number of values is limited.
  public func coordinate(of value: Double) -> Double {
    let value = min(max(value, low), high)
    if let step, let count {
      let index =
        ladder.isEmpty
        ? Int(((value - low) / step).rounded())
        : ladder.indices.min { abs(ladder[$0] - value) < abs(ladder[$1] - value) } ?? 0
      return (Double(min(index, count - 1)) + 0.5) / Double(count)
    }
    guard low < high else { return 0.5 }
    if isWhole, !isLogarithmic { return (value.rounded() - low + 0.5) / (high - low + 1) }
    guard isLogarithmic else { return min((value - low) / (high - low), 1.0.nextDown) }
    let ends = cells
    let log = isWhole ? (Double.log(value - 0.5) + Double.log(value + 0.5)) / 2 : Double.log(value)
    return min(max((log - ends.low) / (ends.high - ends.low), 0), 1.0.nextDown)
  }

  /// The logarithms of the ends, which for whole numbers lie half a number outside, as they are rounded.
  private var cells: (low: Double, high: Double) {
    guard isLogarithmic else { return (low, high) }
    let margin = isWhole ? 0.5 : 0
    return (.log(low - margin), .log(high + margin))
  }
}

extension SearchRange {
  /// All values of a range with a limited number of them, in order.
  var all: [Double] {
    guard let count else { return [] }
    guard let step else { return (0..<count).map { low + Double($0) } }
    return ladder.isEmpty ? (0..<count).map { stepped($0, step) } : ladder
  }

  /// Returns value `index` of a linear range with a step: an exact decimal number.
  private func stepped(_ index: Int, _ step: Double) -> Double {
    let scale = max(low.decimalScale, step.decimalScale)
    let whole = (low * scale).rounded() + Double(index) * (step * scale).rounded()
    return min(whole.magnitude < 0x1p53 ? whole / scale : low + Double(index) * step, high)
  }

  /// Returns the nearest number with few digits.
  private func rounded(_ value: Double) -> Double {
    let width = Double.log10(high - low).rounded(.down) - 4
    let own = isLogarithmic ? Double.log10(value).rounded(.down) - 3 : width
    let digits = high / 10 >= low ? own : min(width, own)
    let scale = Double.exp10(digits.magnitude)
    guard scale < 1e22 else { return value }
    return digits < 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
  }
}

extension Double {
  /// The power of 10 that makes the number whole; at most 10^17.
  fileprivate var decimalScale: Double {
    var scale = 1.0
    while scale < 1e17, (self * scale).rounded() / scale != self { scale *= 10 }
    return scale
  }
}

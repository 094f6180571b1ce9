/// How good predictions are, in a unit that people read.
public protocol Metric: Component {
  /// The unit of the value: `%` for a fraction that is shown as per cent, else empty.
  var unit: String { get }
  /// Which direction is better.
  var higherIsBetter: Bool { get }
  /// Refuses targets for which the metric has no meaning.
  func check(_ encoding: TargetEncoding) throws
  /// The value over `rows` samples, at least 1.
  ///
  /// - Parameters:
  ///   - predictions: rows × outputs numbers, as the network gives them.
  ///   - targets: rows × targets numbers in `encoding`.
  ///   - rows: how many samples.
  ///   - encoding: how the targets are to be read.
  func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double
}

extension Metric {
  /// The kind `metric`.
  public static var kind: ComponentKind { .metric }
  /// No unit.
  public var unit: String { "" }
  /// Every encoding is accepted.
  public func check(_ encoding: TargetEncoding) throws {}
}

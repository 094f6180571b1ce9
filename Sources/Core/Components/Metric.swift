/// How good predictions are, in a unit that people read.
public protocol Metric: Component {
  /// The unit of the value: `%` for a fraction that is shown as per cent, else empty.
  var unit: String { get }
  /// Which direction is better.
  var higherIsBetter: Bool { get }
  /// Whether it stays the same when one number is added to all outputs and targets of a column: then targets far from 0, such
  /// as time stamps, are measured without the digits that single precision loses.
  var isShiftInvariant: Bool { get }
  /// Refuses targets for which the metric has no meaning.
  func checkEncoding(_ encoding: TargetEncoding) throws
  /// Refuses predictions of `outputs` numbers a sample for targets of `targets` numbers.
  func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws
  /// The value of `predictions`; NaN where it has no meaning for them, such as a curve over one class.
  func value(of predictions: Predictions) -> Double
  /// What the value sums up, as a table of counts for reports; nil for metrics that are one number, and for too many counts.
  func matrix(of predictions: Predictions) -> [[Int]]?
}

extension Metric {
  /// The kind `metric`.
  public static var kind: ComponentKind { .metric }
  /// No claim.
  public var isShiftInvariant: Bool { false }
  /// No unit.
  public var unit: String { "" }
  /// Every encoding is accepted.
  public func checkEncoding(_ encoding: TargetEncoding) throws {}
  /// Predictions and targets must be equally wide, unless targets are indices.
  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
  }
  /// Refuses targets of another width than the predictions, unless they are indices.
  public func requireEqualWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    guard encoding != .index, outputs != targets else { return }
    throw GliaError(
      "\(Self.name) compares predictions of \(outputs) numbers with targets of \(targets)", expected: "equal shapes",
      remedy: "leave it out of the metrics")
  }
  /// The metric is one number.
  public func matrix(of predictions: Predictions) -> [[Int]]? { nil }
}

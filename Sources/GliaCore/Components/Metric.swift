/// A measure of the quality of predictions, meant for people to read.
public protocol Metric: Component {
  /// The unit of the value: `%` for a fraction that is shown as a percentage, otherwise empty.
  var unit: String { get }
  /// Whether higher values are better.
  var higherIsBetter: Bool { get }
  /// Whether the value is unchanged when the same number is added to all outputs and targets of a column; targets far from 0,
  /// such as timestamps, are then measured without a loss of precision.
  var isShiftInvariant: Bool { get }
  /// Whether settings can be compared by the value; false for metrics that are more than one number, such as a confusion matrix.
  var isObjective: Bool { get }
  /// Throws if the metric is undefined for this kind of target.
  func checkEncoding(_ encoding: TargetEncoding) throws
  /// Throws if the metric cannot compare predictions of `outputs` numbers per sample with targets of `targets` numbers.
  func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws
  /// Returns the value for `predictions`; NaN where it is undefined, such as an ROC curve with only one class.
  func value(of predictions: Predictions) -> Double
  /// Returns the counts behind the value, as a table for reports; nil for metrics without one, and for tables that are too
  /// large.
  func matrix(of predictions: Predictions) -> [[Int]]?
}

extension Metric {
  /// The kind `metric`.
  public static var kind: ComponentKind { .metric }
  /// False: unspecified.
  public var isShiftInvariant: Bool { false }
  /// True: the value says how good the predictions are.
  public var isObjective: Bool { true }
  /// Empty: no unit.
  public var unit: String { "" }
  /// Accepts every encoding.
  public func checkEncoding(_ encoding: TargetEncoding) throws {}
  /// Throws unless predictions and targets have the same width or targets are indices.
  public func checkWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    try requireEqualWidths(outputs: outputs, targets: targets, encoding: encoding)
  }
  /// Throws unless predictions and targets have the same width or targets are indices.
  public func requireEqualWidths(outputs: Int, targets: Int, encoding: TargetEncoding) throws {
    guard encoding != .index, outputs != targets else { return }
    throw GliaError(
      "\(Self.name) compares predictions of \(outputs) numbers with targets of \(targets)", expected: "equal shapes",
      remedy: "leave it out of the metrics")
  }
  /// Returns nil: the metric is a single number.
  public func matrix(of predictions: Predictions) -> [[Int]]? { nil }
}

import GliaCore
import GliaKernels

/// The mean surprise at the true class: -1/n Σ ln p, with probabilities clipped to [1e-7, 1 - 1e-7].
///
/// Of several labels a sample it is the mean over the labels. If an output is no probability, it is NaN.
public struct LogLoss: Metric {
  public static let name = "log_loss"
  public static let aliases = ["logloss"]
  public static let summary = "mean of -ln p of the true class"
  public let higherIsBetter = false
  private enum CodingKeys: CodingKey {}
  /// The mean surprise.
  public init() {}

  public func check(_ encoding: TargetEncoding) throws {
    try requireClasses(encoding, instead: "use mean_squared_error instead")
    guard case .binary(let negative, let positive) = encoding, (negative, positive) != (0, 1) else { return }
    throw GliaError(
      "\(Self.name) of outputs that are no probabilities: the classes are \(negative) and \(positive)",
      expected: "probabilities", remedy: "use accuracy or roc_auc, or train with binary_crossentropy")
  }

  public func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    let width = predictions.count / rows
    var total = 0.0
    for i in predictions.indices {
      let probability = Double(predictions[i])
      guard probability > -Self.rounding, probability < 1 + Self.rounding else { return .nan }
      let clipped = min(max(probability, 1e-7), 1 - 1e-7)
      switch encoding {
      case .values, .binary:
        let target = Double(targets[i])
        if target != 0 { total -= target * log(clipped) }
        if target != 1 { total -= (1 - target) * log(1 - clipped) }
      case .oneHot: if targets[i] != 0 { total -= Double(targets[i]) * log(clipped) }
      case .index: if targets[i / width] == Float(i % width) { total -= log(clipped) }
      }
    }
    if case .binary = encoding { return total / Double(predictions.count) }
    return total / Double(rows)
  }

  /// How far single precision may carry a probability beyond 0 and 1.
  private static let rounding = 1e-6
}

extension Metric where Self == LogLoss {
  /// The mean surprise at the true class.
  public static var logLoss: LogLoss { LogLoss() }
}

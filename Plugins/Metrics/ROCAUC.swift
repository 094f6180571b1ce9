import GliaCore

/// The area under the receiver operating characteristic: how likely a sample of a class has a larger output for it than
/// one of another class; equal outputs count half.
///
/// Of more than two classes it is the mean over the classes, each against the rest; of several labels, the mean over the
/// labels. A class that no sample has, or every sample has, is left out; if none remains, the area is NaN.
///
/// Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve"
/// (1982).
public struct ROCAUC: Metric {
  public static let name = "roc_auc"
  public static let aliases = ["auc"]
  public static let summary = "area under the receiver operating characteristic"
  public let higherIsBetter = true
  private enum CodingKeys: CodingKey {}
  /// The area under the curve.
  public init() {}

  public func check(_ encoding: TargetEncoding) throws { try requireClasses(encoding) }

  public func value(_ predictions: Span<Float>, _ targets: Span<Float>, rows: Int, encoding: TargetEncoding) -> Double {
    let width = predictions.count / rows
    var samples = [(score: Float, isPositive: Bool)](repeating: (0, false), count: rows)
    var areas: [Double] = []
    for column in 0..<width {
      for row in 0..<rows {
        let place = row * width + column
        let isPositive = encoding == .index ? targets[row] == Float(column) : targets[place] > encoding.threshold
        samples[row] = (predictions[place], isPositive)
      }
      if let area = Self.area(&samples) { areas.append(area) }
    }
    return areas.isEmpty ? .nan : areas.reduce(0, +) / Double(areas.count)
  }

  /// The area for one class against the rest; nil if there are no such two.
  private static func area(_ samples: inout [(score: Float, isPositive: Bool)]) -> Double? {
    let positives = samples.count { $0.isPositive }
    guard positives > 0, positives < samples.count else { return nil }
    guard !samples.contains(where: { $0.score.isNaN }) else { return .nan }
    samples.sort { $0.score < $1.score }
    var (area, below, start) = (0.0, 0.0, 0)
    while start < samples.count {
      var (end, equal) = (start, 0.0)
      while end < samples.count, samples[end].score == samples[start].score {
        equal += samples[end].isPositive ? 0 : 1
        end += 1
      }
      area += (Double(end - start) - equal) * (below + equal / 2)
      below += equal
      start = end
    }
    return area / Double(positives) / below
  }
}

extension Metric where Self == ROCAUC {
  /// The area under the receiver operating characteristic.
  public static var rocAUC: ROCAUC { ROCAUC() }
}

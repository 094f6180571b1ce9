import GliaCore
import Synchronization

/// A loss that records its value in every training step, and uses the targets unchanged.
struct RecordingLoss: Loss {
  static let name = "recording"
  @Part var loss: (any Loss)? = nil
  private(set) var record = Record()
  private enum CodingKeys: CodingKey { case loss }

  init() {}
  init(_ loss: any Loss, record: Record) { (self.loss, self.record) = (loss, record) }

  func fromLogits(of link: Link) -> (any Loss)? {
    (loss?.fromLogits(of: link)).map { RecordingLoss($0, record: record) }
  }

  func check(outputs: Int, targets: Int, classes: Int) throws {
    try loss?.check(outputs: outputs, targets: targets, classes: classes)
  }

  func evaluate(
    _ prediction: Span<Float>, _ target: Span<Float>, weights: Span<Float>, rows: Int,
    gradient: inout MutableSpan<Float>
  ) -> Float {
    let value = loss?.evaluate(prediction, target, weights: weights, rows: rows, gradient: &gradient) ?? .nan
    if !gradient.isEmpty { record.values.withLock { $0.append(Double(value)) } }
    return value
  }

  /// The recorded values, shared by all copies of a loss.
  final class Record: Sendable {
    let values = Mutex<[Double]>([])
  }
}

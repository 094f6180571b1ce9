import GliaCore
import Synchronization

/// A loss that records its value in every training step, and uses the targets unchanged.
struct RecordingLoss: Loss {
  static let name = "recording"
  @Part var loss: (any Loss)? = nil
  private(set) var record = Record()
  private enum CodingKeys: CodingKey { case loss }

  init() {}
  init(_ loss: any Loss, record: Record = Record()) { (self.loss, self.record) = (loss, record) }

  func fromLogits(of link: Link) -> (any Loss)? {
    (loss?.fromLogits(of: link)).map { RecordingLoss($0, record: record) }
  }

  func checkWidths(outputs: Int, targets: Int, classes: Int) throws {
    try loss?.checkWidths(outputs: outputs, targets: targets, classes: classes)
  }

  func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let value = loss?.evaluate(prediction, target, weights: weights, gradient: gradient) ?? .nan
    if gradient != nil { record.values.withLock { $0.append(Double(value)) } }
    return value
  }

  /// The recorded values, shared by all copies of a loss.
  final class Record: Sendable {
    let values = Mutex<[Double]>([])
  }
}

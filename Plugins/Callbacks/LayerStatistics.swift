import GliaCore

/// Writes statistics of each tensor's weights and gradients to a CSV file after every epoch, one row per tensor.
///
/// For the weights: mean, population standard deviation, minimum, maximum, Euclidean norm, and fraction of exact zeros. For
/// the gradients of the last step: the norm of the tensor and of its whole layer. A vanishing gradient shows as a norm that
/// decreases from layer to layer toward the input.
///
/// The file is replaced when training starts; a resumed training appends to the existing rows.
public struct LayerStatistics: Callback {
  public static let name = "layer_statistics"
  public static let summary = "writes statistics of weights and gradients to a CSV file after every epoch"
  /// The name of the file inside the training folder.
  public var file = "statistics.csv"
  private var log: TextLog?
  private var unwritten = ""
  private var done = 0
  private enum CodingKeys: CodingKey { case file }
  private static let header =
    "epoch,layer,tensor,mean,deviation,min,max,norm,zeros,gradient_norm,layer_gradient_norm\n"

  /// Creates a callback that writes `statistics.csv`.
  public init() {}
  /// Creates a callback that writes the given file.
  public init(file: String) { self.file = file }

  public var files: [String] { [file] }

  public func validate() throws { try requireFileInside(file) }

  public mutating func trainingBegan(control: inout TrainingControl) throws {
    let path = control.path(file)
    let old = done > 0 ? (try? FileReader.bytes(of: path)) ?? [] : []
    let kept = String(decoding: old, as: UTF8.self).split(separator: "\n").filter { row in
      Int(row.prefix { $0 != "," }).map { (1...done).contains($0) } ?? false
    }
    log = try TextLog(path: path, beginning: Self.header + kept.map { $0 + "\n" }.joined())
  }

  public mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    guard !control.isReplay else {
      done = epoch.number
      return
    }
    let gradients = control.gradients.map { (layer: $0.name.layer, norm: norm($0.tensor.values)) }
    let layers = Dictionary(gradients.map { ($0.layer, $0.norm * $0.norm) }, uniquingKeysWith: +)
    let rows = zip(control.network.tensors, gradients).map { weights, gradient in
      let values = [gradient.norm, layers[gradient.layer, default: 0].squareRoot()]
      return "\(epoch.number),\(gradient.layer),\(weights.name.dropFirst(gradient.layer.count + 1)),"
        + (statistics(weights.tensor.values) + values).map(\.shortest).joined(separator: ",") + "\n"
    }
    unwritten += rows.joined()
    try log?.append(unwritten)
    unwritten = ""
  }

  private func statistics(_ values: [Float]) -> [Double] {
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / count
    let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    return [
      mean, variance.squareRoot(), Double(values.min() ?? 0), Double(values.max() ?? 0), norm(values),
      Double(values.count { $0 == 0 }) / count,
    ]
  }

  private func norm(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
}

extension String {
  /// The layer a tensor belongs to: `layers.0` for `layers.0.weight`.
  fileprivate var layer: String { split(separator: ".").dropLast().joined(separator: ".") }
}

extension Callback where Self == LayerStatistics {
  /// Writes statistics of weights and gradients to a file in the training folder.
  public static func layerStatistics(file: String = "statistics.csv") -> LayerStatistics { LayerStatistics(file: file) }
}

import GliaCore

/// Writes after every epoch what the weights and gradients of each tensor are like: a row a tensor in a CSV file.
///
/// Of the weights: mean, population deviation, least, largest, Euclidean norm, and the fraction that is exactly 0. Of the
/// last step's gradients: the norm of the tensor's and of its whole layer's. A vanishing gradient shows as a norm that
/// falls from layer to layer towards the input.
///
/// The file is replaced when training begins; a resumed training goes on with the rows that stand in it.
public struct LayerStatistics: Callback {
  public static let name = "layer_statistics"
  public static let summary = "writes statistics of weights and gradients after every epoch as a CSV file"
  /// The file, in the folder of the training.
  public var file = "statistics.csv"
  private var log: TextLog?
  private var unwritten = ""
  private var done = 0
  private enum CodingKeys: CodingKey { case file }
  private static let header =
    "epoch,layer,tensor,mean,deviation,min,max,norm,zeros,gradient_norm,layer_gradient_norm\n"

  /// Writes `statistics.csv`.
  public init() {}
  /// Writes a file of that name.
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
  /// The layer that a tensor belongs to: `layers.0` of `layers.0.weight`.
  fileprivate var layer: String { split(separator: ".").dropLast().joined(separator: ".") }
}

extension Callback where Self == LayerStatistics {
  /// Writes statistics of weights and gradients into a file in the training's folder.
  public static func layerStatistics(file: String = "statistics.csv") -> LayerStatistics { LayerStatistics(file: file) }
}

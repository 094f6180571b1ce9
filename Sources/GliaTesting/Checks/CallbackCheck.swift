import Foundation
import GliaCore

/// Checks a callback: settings, that it works in training with a validation set and in an empty folder, and that resumed
/// training gives the same result as uninterrupted training, with the same file names.
///
/// - Parameters:
///   - callback: the callback.
///   - registry: the registry for components among its settings.
public func checkCallback(_ callback: any Callback, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(callback)
  guard found.checkSettings(of: callback, registry) else { return found.results }
  found.expectNoError("validation set") { _ in try callback.checkColumns(["loss", "validation_loss"]) }
  guard found.results.allSatisfy(\.passed) else { return found.results }
  found.expectNoError("plain training") { found in
    let (whole, again) = (try PlainRun(callback), try PlainRun(callback))
    found.expect(
      "same epochs, same result", whole.end == again.end,
      "the same training run ends with \(whole.end) the first time, but with \(again.end) the second time\n"
        + "likely cause: hidden state outside of the callback")
    let parts = try PlainRun(callback, interruptedAfter: 2)
    found.expect(
      "resumes", whole.end == parts.end,
      "training resumed after 2 epochs ends with \(parts.end), uninterrupted training with \(whole.end)\n"
        + "likely cause: replaying earlier epochs must restore the same state and write no files")
    // Names that contain a number, such as an epoch, are not fixed.
    let extra = whole.end.files.first { !callback.files.contains($0) && !$0.contains { $0.isNumber } }
    found.expect(
      "files", extra == nil,
      "\(extra ?? "") is written, but is not listed in the callback's files property")
    for file in callback.files {
      found.expect("files", whole.end.files.contains(file), "\(file) is listed in the files property, but not written")
    }
  }
  return found.results
}

/// Fits a straight line for a few epochs in a temporary folder.
private struct PlainRun {
  let end: End

  struct End: Equatable {
    var parameters: [Float] = []
    var epochs = 0
    var stopped: String?
    var files: [String] = []
  }

  init(_ callback: any Callback, interruptedAfter epochs: Int? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("glia-check-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var training = try Self.training(callback, in: folder.path)
    if let epochs {
      for _ in 0..<epochs { _ = try training.next() }
      let checkpoint = Checkpoint(training)
      training = try Self.training(callback, in: folder.path)
      try training.resume(from: checkpoint)
    }
    try training.fit()
    end = End(
      parameters: training.network.parameters, epochs: training.history.count, stopped: training.stopReason?.rawValue,
      files: try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
  }

  private static func training(_ callback: any Callback, in folder: String) throws -> Training {
    let inputs = try Tensor(rows: [[-1], [0], [1], [2]])
    let data = try Dataset(inputs: inputs, targets: [Column("y", [-2, 0, 2, 4])])
    var training = try Training(
      Network(input: [1], layers: [Slope()]), on: data, validation: data, loss: Squared(), optimizer: Descent(),
      epochs: 5, batchSize: 2, callbacks: [callback])
    training.folder = folder
    return training
  }
}

/// y = w x.
private struct Slope: Layer {
  static let name = "slope"

  func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(output: input, parameters: [ParameterPlan("weight", shape: [1])])
  }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    y.assign(x, times: context.parameters["weight"][0])
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    var slope: Float = 0
    for i in dy.indices { slope += dy[i] * context.x[i] }
    context.gradients["weight"][0] = slope
    dx.assign(dy.view, times: context.parameters["weight"][0])
  }
}

private struct Squared: ElementwiseLoss {
  static let name = "squared"
  func callAsFunction<T: DifferentiableScalar>(_ prediction: T, _ target: T) -> T {
    (prediction - target) * (prediction - target)
  }
}

private struct Descent: Optimizer {
  static let name = "descent"
  var learningRate: Float = 0.1
  func step(_ gradient: MutableTensorView<Float>, of weight: TensorView<Float>, _ context: UpdateContext) {
    gradient.assign(gradient.view, times: context.learningRate)
  }
}

import Foundation
import GliaCore

/// Checks a callback: settings, that it accepts a training with a validation part and serves it in an empty folder, and that
/// an interrupted and resumed training ends like an uninterrupted one, with equally named files.
///
/// - Parameters:
///   - callback: the callback.
///   - registry: where components among its settings are found.
public func checkCallback(_ callback: any Callback, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(callback)
  guard found.checkSettings(of: callback, registry) else { return found.results }
  found.expectNoError("validation part") { _ in try callback.checkColumns(["loss", "validation_loss"]) }
  guard found.results.allSatisfy(\.passed) else { return found.results }
  found.expectNoError("plain training") { found in
    let (whole, again) = (try PlainRun(callback), try PlainRun(callback))
    found.expect(
      "equal epochs, equal end", whole.end == again.end,
      "the same training ends with \(again.end) the second time, with \(whole.end) the first\n"
        + "likely cause: it remembers something outside of itself")
    let parts = try PlainRun(callback, interruptedAfter: 2)
    found.expect(
      "resumes", whole.end == parts.end,
      "a training that is resumed after 2 epochs ends with \(parts.end), an uninterrupted one with \(whole.end)\n"
        + "likely cause: earlier epochs are replayed, and must leave the same notes and no files")
    // Names with a number, as of an epoch, are not fixed ones.
    let extra = whole.end.files.first { !callback.files.contains($0) && !$0.contains { $0.isNumber } }
    found.expect(
      "files", extra == nil,
      "\(extra ?? "") is written, but not among the files that it announces, so nobody knows whose it is")
    for file in callback.files {
      found.expect("files", whole.end.files.contains(file), "\(file) is announced, but not written")
    }
  }
  return found.results
}

/// A few epochs of a straight line that is fitted in a folder of its own.
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

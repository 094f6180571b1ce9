import GliaCore

/// y = w x + b, elementwise, with a given fault.
struct PlantedLayer: Layer {
  static let name = "planted_layer"
  var fault = ""
  var scale: Float = 1
  init() {}
  init(_ fault: String, scale: Float = 1) { (self.fault, self.scale) = (fault, scale) }

  func plan(input: [Int]) throws -> LayerPlan {
    let count = try input.elementCount()
    return try LayerPlan(
      output: fault == "too wide" ? [count + 1] : input,
      parameters: [ParameterPlan("weight", shape: [count]), ParameterPlan("bias", shape: [count])],
      state: [StatePlan("passes", shape: [1])])
  }

  func resolved() -> any Layer { fault == "resolved" ? PlantedLayer(fault, scale: 2) : self }

  func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let weight = context.parameters["weight"]
    let bias = context.parameters["bias"]
    let passes = context.state["passes"]
    let count = weight.count
    if context.isTraining { passes[0] = fault == "state" ? .infinity : passes[0] + 1 }
    let scale = (fault == "setting" ? 1 : scale) * (fault == "inference" && !context.isTraining ? 2 : 1)
    for i in x.indices {
      let place = fault == "last sample first" ? (i + count) % x.count : i
      y[i] = scale * weight[i % count] * x[place] + bias[i % count]
      if fault == "remembers" { y[i] += 1e-3 * Calls.next() }
      if fault == "position" { y[i] += 0.1 * Float(i / count) }
    }
  }

  func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let weight = context.parameters["weight"]
    let dw = context.gradients["weight"]
    let db = context.gradients["bias"]
    let x = context.x
    let (batch, count) = (context.batch, weight.count)
    let own = fault == "setting" ? 1 : scale
    dw.fill(0)
    db.fill(0)
    for i in x.indices {
      let isLast = i / count == batch - 1
      if !(fault == "last sample missing" && isLast && batch > 1) { dw[i % count] += own * dy[i] * x[i] }
      db[i % count] += dy[i] / (fault == "bias averaged" ? Float(batch) : 1)
      if fault == "bias overwritten" { db[i % count] = dy[i] }
      var slope = own * weight[i % count] * dy[i]
      if fault == "batch of one", batch == 1 { slope *= 2 }
      if fault == "weight missing" { slope = own * dy[i] }
      dx[i] = fault == "input gradient added" ? dx[i] + slope : slope
      if fault == "input gradient half", i > dx.count / 2 { dx[i] = .nan }
    }
    if fault == "needs input gradient", !context.needsInputGradient { dw.fill(0) }
  }
}

/// A callback that counts epochs and writes the count to a file, with a given fault.
struct PlantedCallback: Callback {
  static let name = "planted_callback"
  var fault = ""
  private var seen = 0
  private enum CodingKeys: CodingKey { case fault }
  init() {}
  init(_ fault: String) { self.fault = fault }
  var files: [String] { fault == "unannounced" ? [] : ["seen.txt"] }

  mutating func trainingBegan(control: inout TrainingControl) throws {
    if fault == "begins twice" { seen = 0 }
  }

  mutating func epochEnded(_ epoch: Epoch, control: inout TrainingControl) throws {
    seen += 1
    if fault == "remembers", Calls.next().truncatingRemainder(dividingBy: 7) == 3 { control.stop(.target) }
    if fault == "replay skipped", control.isReplay { seen -= 1 }
    if seen == 3, ["replay skipped", "begins twice"].contains(fault) { control.stop(.target) }
    if fault == "replay written", control.isReplay { try AtomicFile.write("", to: control.path("again.txt")) }
    guard !control.isReplay else { return }
    try AtomicFile.write("\(seen)", to: control.path("seen.txt"))
  }
}

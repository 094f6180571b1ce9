import GliaKernels

/// The memory for passes of up to `batch` samples through a stack of layers, taken once.
///
/// One block holds inputs, outputs, gradients of the outputs, targets, sample weights and what the layers keep. The views
/// of it that are handed out do not overlap and live no longer than the call they are made for.
///
/// It may be handed from thread to thread, but is used by one at a time.
final class Workspace: @unchecked Sendable {
  let layers: [any Layer]
  let plan: LayerPlan
  let batch: Int
  let inputCount: Int
  let targetCount: Int
  let x, y, dy, target, weight, gradient: UnsafeMutablePointer<Float>
  /// What the layers told about the last pass.
  let report: UnsafeMutablePointer<PassReport>
  /// Whether no layer holds others.
  private let isFlat: Bool
  /// How many numbers it holds.
  let count: Int
  private let memory: UnsafeMutablePointer<Float>

  /// Room for passes of `batch` samples with `targets` numbers each, and for gradients if it `learns`.
  ///
  /// - Parameter place: where the batch size comes from, if a user gave it.
  init(
    layers: [any Layer], plan: LayerPlan, input: Int, batch: Int, targets: Int = 0, learns: Bool = false,
    at place: String? = nil
  ) throws {
    (self.layers, self.plan, self.batch) = (layers, plan, batch)
    inputCount = input
    isFlat = plan.children.allSatisfy(\.children.isEmpty)
    targetCount = targets
    let perSample = [
      [input], [plan.outputCount], [learns ? plan.outputCount : 0], [targets], [1], [plan.memoryPerSample],
    ]
    let sizes = try (perSample.map { $0 + [batch] } + [[plan.memory], [learns ? plan.parameterCount : 0]]).map {
      // Whole cache lines.
      (try $0.elementCount() + 15) / 16 * 16
    }
    let total = try sizes.map { [$0] }.totalCount() + 16
    try Memory.require(
      floats: total, for: "a batch of \(batch) samples through \(plan.parameterCount) parameters", share: 0.3,
      at: place,
      remedy: batch > 1 ? "use smaller batches or fewer units" : "use fewer units")
    count = total
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: total * 4, alignment: 64)
    x = bytes.bindMemory(to: Float.self, capacity: total)
    x.initialize(repeating: 0, count: total)
    y = x + sizes[0]
    dy = y + sizes[1]
    target = dy + sizes[2]
    weight = target + sizes[3]
    memory = weight + sizes[4]
    gradient = memory + sizes[5] + sizes[6]
    report = UnsafeMutableRawPointer(gradient + sizes[7]).bindMemory(to: PassReport.self, capacity: 1)
    report.initialize(to: PassReport())
  }

  deinit { x.deallocate() }

  /// Copies the samples `indices` of a data set into the batch; empty `weights` leave all weights alone.
  func gather(
    _ indices: ArraySlice<Int>, inputs: [Float], targets: [Float], weights: [Float]
  ) {
    gatherRows(indices, of: inputs, width: inputCount, into: x)
    gatherRows(indices, of: targets, width: targetCount, into: target)
    if !weights.isEmpty { gatherRows(indices, of: weights, width: 1, into: weight) }
  }

  private func gatherRows(
    _ indices: ArraySlice<Int>, of values: [Float], width: Int, into start: UnsafeMutablePointer<Float>
  ) {
    values.withUnsafeBufferPointer { source in
      guard let source = source.baseAddress else { return }
      guard width < 16 else {
        indices.withUnsafeBufferPointer { indices in
          guard let first = indices.baseAddress else { return }
          first.withMemoryRebound(to: UInt.self, capacity: indices.count) { first in
            glia_gather_rows(source, width, first, indices.count, start)
          }
        }
        return
      }
      // A call costs more than the copy of a short row.
      var destination = start
      for index in indices {
        let row = source + index * width
        for i in 0..<width { destination[i] = row[i] }
        destination += width
      }
    }
  }

  /// Computes the outputs of the first `rows` samples of the batch.
  func forward(
    rows: Int, parameters: [Float], state: inout [Float], isTraining: Bool = false, key: UInt64 = 0
  ) {
    var output = MutableSpan(_unsafeStart: y, count: rows * plan.outputCount)
    var kept = MutableSpan(_unsafeStart: memory, count: plan.memory(batch: rows))
    var states = state.mutableSpan
    var pass = LayerPass(batch: rows, isTraining: isTraining, plan: plan, key: key)
    report.pointee.penalty = 0
    if isTraining { pass.report = report }
    LayerStack.forward(
      layers, Span(_unsafeStart: x, count: rows * inputCount), into: &output, parameters: parameters.span,
      state: &states, memory: &kept, pass: pass)
  }

  /// The loss of the outputs, and its gradient in `dy` if that is wanted.
  func loss(_ loss: any Loss, rows: Int, weighted: Bool, wantsGradient: Bool) -> Float {
    var gradient = MutableSpan(_unsafeStart: dy, count: wantsGradient ? rows * plan.outputCount : 0)
    return loss.evaluate(
      Span(_unsafeStart: y, count: rows * plan.outputCount), Span(_unsafeStart: target, count: rows * targetCount),
      weights: Span(_unsafeStart: weight, count: weighted ? rows : 0), rows: rows, gradient: &gradient)
  }

  /// Turns the gradient in `dy` into those of the parameters, in `gradient`, and of the inputs, if `dx` has room for them.
  func backward(
    rows: Int, parameters: [Float], isTraining: Bool = true, key: UInt64, dx: UnsafeMutablePointer<Float>? = nil
  ) {
    var upper = MutableSpan(_unsafeStart: dy, count: rows * plan.outputCount)
    var lower = MutableSpan(_unsafeStart: dx ?? x, count: dx == nil ? 0 : rows * inputCount)
    var gradients = MutableSpan(_unsafeStart: gradient, count: plan.parameterCount)
    var kept = MutableSpan(_unsafeStart: memory, count: plan.memory(batch: rows))
    var pass = LayerPass(batch: rows, isTraining: isTraining, plan: plan, key: key)
    report.pointee.finiteGradients = 0
    if isFlat { pass.report = report }
    LayerStack.backward(
      layers, &upper, into: &lower, x: Span(_unsafeStart: x, count: rows * inputCount),
      y: Span(_unsafeStart: y, count: rows * plan.outputCount), parameters: parameters.span, gradients: &gradients,
      memory: &kept, pass: pass)
  }

  /// Writes the outputs for the samples `rows` of `inputs`, piece by piece, from `outputs` on.
  func predict(
    _ inputs: Span<Float>, rows: Range<Int>, parameters: Span<Float>, state: inout [Float],
    into outputs: UnsafeMutablePointer<Float>
  ) {
    let width = plan.outputCount
    var states = state.mutableSpan
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
      let count = min(batch, rows.upperBound - first)
      var output = MutableSpan(_unsafeStart: outputs + first * width, count: count * width)
      var kept = MutableSpan(_unsafeStart: memory, count: plan.memory(batch: count))
      LayerStack.forward(
        layers, inputs.extracting(first * inputCount..<(first + count) * inputCount), into: &output,
        parameters: parameters, state: &states, memory: &kept, pass: LayerPass(batch: count, plan: plan))
    }
  }
}

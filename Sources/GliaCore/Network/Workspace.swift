import GliaKernels

/// The memory for passes of up to `batch` samples through a stack of layers, allocated once.
///
/// One block holds inputs, outputs, gradients of the outputs, targets, sample weights and the tensors that layers save. Views
/// of it do not overlap and live no longer than the call that they are made for.
///
/// It may be passed from thread to thread, but only one may use it at a time.
final class Workspace: @unchecked Sendable {
  let layers: [any Layer]
  let plan: LayerPlan
  let batch: Int
  let inputCount: Int
  let targetCount: Int
  let x, y, dy, target, weight, gradient: UnsafeMutablePointer<Float>
  /// The errors that layers reported in a pass.
  var report: PassReport { ownedReport.value }
  private let ownedReport = OwnedReport()
  /// The number of values that it holds.
  let count: Int
  /// The tensors that layers save, and the destination of input gradients that are not needed.
  private let saved, unused: UnsafeMutablePointer<Float>
  private let inputShape: TensorLayout
  /// The shape of one sample.
  let inputAxes: [Int]

  /// Allocates memory for passes of `batch` samples with `targets` numbers each, and for gradients if it `learns`.
  ///
  /// - Parameter place: the setting that gave the batch size, if a user gave it.
  init(
    layers: [any Layer], plan: LayerPlan, input: [Int], batch: Int, targets: Int = 0, learns: Bool = false,
    at place: String? = nil
  ) throws {
    (self.layers, self.plan, self.batch) = (layers, plan, batch)
    (inputCount, inputShape) = (try input.elementCount(), TensorLayout(input))
    inputAxes = input
    targetCount = targets
    let perSample = [
      inputCount, plan.outputCount, learns ? plan.outputCount : 0, targets, 1, plan.savedPerSample,
      learns && plan.firstLearning == 0 ? inputCount : 0,
    ]
    let sizes = try (perSample.map { [$0, batch] } + [[plan.savedFixed], [learns ? plan.parameterCount : 0]]).map {
      // Rounded up to whole cache lines.
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
    unused = weight + sizes[4]
    saved = unused + sizes[6]
    gradient = saved + sizes[5] + sizes[7]
  }

  deinit { x.deallocate() }

  /// Copies the samples `indices` of a data set into the batch; if `weights` is empty, the weights are left unchanged.
  func gather(
    _ indices: ArraySlice<Int>, inputs: [Float], targets: [Float], weights: [Float]
  ) {
    gatherRows(indices, of: inputs, width: inputCount, into: x)
    gatherRows(indices, of: targets, width: targetCount, into: target)
    if !weights.isEmpty { gatherRows(indices, of: weights, width: 1, into: weight) }
  }

  /// Sets the inputs of the batch to `values`.
  func fill(_ values: [Float]) {
    values.withUnsafeBufferPointer { values in
      if let start = values.baseAddress { x.update(from: start, count: min(values.count, batch * inputCount)) }
    }
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
      // For short rows, a function call costs more than the copy.
      indices.withUnsafeBufferPointer { indices in
        let rows = 0..<indices.count
        switch width {
        case 1: for row in rows { start[row] = source[indices[row]] }
        case 2:
          for row in rows {
            let from = source + 2 &* indices[row]
            (start[2 &* row], start[2 &* row &+ 1]) = (from[0], from[1])
          }
        default:
          for row in rows {
            let (from, to) = (source + indices[row] &* width, start + row &* width)
            for i in 0..<width { to[i] = from[i] }
          }
        }
      }
    }
  }

  /// Augments the samples of the batch, as in training.
  func augment(rows: Int, by augmentations: [any Augmentation], key: UInt64) {
    for index in augmentations.indices {
      var random = Random(seed: Random.mix(key ^ 0x6175_676d) &+ UInt64(index))
      var inputs = MutableSpan(_unsafeStart: x, count: rows * inputCount)
      var targets = MutableSpan(_unsafeStart: target, count: rows * targetCount)
      augmentations[index].apply(inputs: &inputs, targets: &targets, rows: rows, using: &random)
    }
  }

  /// Adds the gradients of penalties on `parameters` to those of the last pass; returns the penalties.
  func addPenalties(
    _ penalties: [(tensor: PlacedTensor, regularizer: any Regularizer)], of parameters: [Float]
  ) -> Float {
    var total: Float = 0
    for (tensor, regularizer) in penalties {
      let weight = parameters.span.extracting(tensor.range)
      total += regularizer.penalty(weight, shape: tensor.plan.shape)
      var own = MutableSpan(_unsafeStart: gradient + tensor.range.lowerBound, count: tensor.range.count)
      regularizer.addGradient(of: weight, shape: tensor.plan.shape, to: &own)
    }
    return total
  }

  /// Computes the outputs of the first `rows` samples of the batch; throws if a layer accesses something that it did not plan.
  func forward(
    rows: Int, parameters: [Float], state: inout [Float], isTraining: Bool = false, key: UInt64 = 0
  ) throws {
    report.penalty = 0
    parameters.withUnsafeBufferPointer { parameters in
      state.withUnsafeMutableBufferPointer { state in
        forward(
          UnsafePointer(x), rows: rows, parameters: parameters.baseAddress, state: state.baseAddress, into: y,
          isTraining: isTraining, key: key)
      }
    }
    try report.check()
  }

  private func forward(
    _ x: UnsafePointer<Float>, rows: Int, parameters: UnsafePointer<Float>?, state: UnsafeMutablePointer<Float>?,
    into y: UnsafeMutablePointer<Float>, isTraining: Bool = false, isSampling: Bool = false, key: UInt64 = 0
  ) {
    // Even without any numbers, empty views need an address.
    let context = ForwardContext(
      plan.pass, batch: rows, isTraining: isTraining, isStochastic: isTraining || isSampling, key: key,
      parameters: parameters ?? UnsafePointer(saved), state: state ?? saved, saved: saved, report)
    context.forwardChain(
      TensorView(unsafe: x, shape: inputShape, batch: rows, report),
      into: MutableTensorView(unsafe: y, shape: plan.pass.pointee.outputShape, batch: rows, report))
  }

  /// Returns the loss of the outputs, and computes its gradient in `dy` if requested.
  func loss(_ loss: any Loss, rows: Int, weighted: Bool, needsGradient: Bool) throws -> Float {
    let value = loss.evaluate(
      TensorView(unsafe: y, rows: rows, columns: plan.outputCount, report),
      TensorView(unsafe: target, rows: rows, columns: targetCount, report),
      weights: weighted ? TensorView(unsafe: weight, columns: rows, report) : nil,
      gradient: needsGradient ? MutableTensorView(unsafe: dy, rows: rows, columns: plan.outputCount, report) : nil)
    report.ascribe(to: loss)
    try report.check()
    return value
  }

  /// Propagates the gradient in `dy` back to the parameters, in `gradient`, and to the inputs if `dx` is given.
  func backward(
    rows: Int, parameters: [Float], isTraining: Bool = true, key: UInt64, dx: UnsafeMutablePointer<Float>? = nil
  ) throws {
    parameters.withUnsafeBufferPointer { parameters in
      let context = BackwardContext(
        plan.pass, batch: rows, isTraining: isTraining, needsInputGradient: dx != nil, key: key,
        x: TensorView(unsafe: x, shape: inputShape, batch: rows, report),
        y: TensorView(unsafe: y, shape: plan.pass.pointee.outputShape, batch: rows, report),
        parameters: parameters.baseAddress ?? UnsafePointer(saved), gradients: gradient, saved: saved, report)
      context.backwardChain(
        MutableTensorView(unsafe: dy, shape: plan.pass.pointee.outputShape, batch: rows, report),
        into: MutableTensorView(unsafe: dx ?? unused, shape: inputShape, batch: rows, report))
    }
    try report.check()
  }

  /// Writes the outputs for the samples `rows` of `inputs`, piece by piece, starting at `outputs`; the report says whether a
  /// layer accessed something that it did not plan.
  func predict(
    _ inputs: UnsafePointer<Float>, rows: Range<Int>, parameters: [Float], state: inout [Float],
    into outputs: UnsafeMutablePointer<Float>
  ) {
    parameters.withUnsafeBufferPointer { parameters in
      state.withUnsafeMutableBufferPointer { state in
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: batch) {
          forward(
            inputs + first * inputCount, rows: min(batch, rows.upperBound - first), parameters: parameters.baseAddress,
            state: state.baseAddress, into: outputs + first * plan.outputCount)
        }
      }
    }
  }

  /// Writes `count` outputs for the one sample at `input`, each with its own random draws, starting at `outputs`.
  func sample(
    _ input: UnsafePointer<Float>, count: Int, parameters: [Float], state: inout [Float], key: UInt64,
    into outputs: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<min(batch, count) { (x + row * inputCount).update(from: input, count: inputCount) }
    parameters.withUnsafeBufferPointer { parameters in
      state.withUnsafeMutableBufferPointer { state in
        for first in stride(from: 0, to: count, by: batch) {
          forward(
            UnsafePointer(x), rows: min(batch, count - first), parameters: parameters.baseAddress,
            state: state.baseAddress, into: outputs + first * plan.outputCount, isSampling: true,
            key: Random.mix(key &+ UInt64(first)))
        }
      }
    }
  }
}

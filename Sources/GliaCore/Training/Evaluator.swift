/// Computes loss and metrics of a network on samples that it does not learn from.
final class Evaluator {
  private let canonical: CanonicalOutput
  private let metrics: [any Metric]
  let encoding: TargetEncoding
  private let plan: LayerPlan
  private let input: [Int]
  private let targets: Int
  /// The scaling of the targets, which is undone for metrics.
  private let scaling: TargetScaling?
  /// The decision threshold of metrics; nil for the middle of the encoding.
  private let threshold: Float?
  /// Allocated on first use, because training alone does not need it.
  private var workspace: Workspace?

  init(
    canonical: CanonicalOutput, plan: LayerPlan, metrics: [any Metric], encoding: TargetEncoding, input: [Int],
    targets: Int, scaling: TargetScaling?, threshold: Float? = nil
  ) throws {
    for (index, metric) in metrics.enumerated() {
      try GliaError.locating("training.metrics.\(index)") {
        try metric.checkSettings()
        try metric.checkEncoding(encoding)
        try metric.checkWidths(outputs: plan.outputCount, targets: targets, encoding: encoding)
      }
    }
    (self.canonical, self.metrics, self.encoding) = (canonical, metrics, encoding)
    (self.plan, self.input, self.targets) = (plan, input, targets)
    (self.scaling, self.threshold) = (scaling, threshold)
  }

  private func borrowWorkspace() throws -> Workspace {
    if let workspace { return workspace }
    let made = try Workspace(
      layers: canonical.layers, plan: plan, input: input, batch: Network.piece(plan), targets: targets)
    workspace = made
    return made
  }

  /// Throws if the samples do not have the widths of the network and of the training.
  func check(_ data: EncodedDataset) throws {
    for (what, width, wanted) in [
      ("features", data.inputs.width, input.reduce(1, *)), ("targets", data.targets.width, targets),
    ] where width != wanted {
      throw GliaError("samples with \(width) \(what)", at: "evaluation", expected: "\(wanted), as in training")
    }
  }

  /// Returns the mean loss over all samples and the metrics, with their matrices if requested.
  func evaluate(_ network: Network, on data: EncodedDataset, wantsMatrices: Bool = false) throws -> Evaluation {
    try check(data)
    try network.checkInputs(data.inputs)
    let workspace = try borrowWorkspace()
    let width = plan.outputCount
    let rows = data.inputs.rows
    var predictions: [Float] = []
    if !metrics.isEmpty { predictions.reserveCapacity(try Training.requireMetrics(of: rows, width: width)) }
    var state = network.state
    var total = 0.0
    for first in stride(from: 0, to: rows, by: workspace.batch) {
      let count = min(workspace.batch, rows - first)
      workspace.gather(
        ArraySlice(first..<first + count), inputs: data.inputs.values, targets: data.targets.values,
        weights: data.weights)
      try workspace.forward(rows: count, parameters: network.parameters, state: &state)
      total +=
        Double(try workspace.loss(canonical.loss, rows: count, weighted: !data.weights.isEmpty, needsGradient: false))
        * Double(count)
      if !metrics.isEmpty {
        predictions.append(contentsOf: UnsafeBufferPointer(start: workspace.y, count: count * width))
      }
    }
    return Evaluation(
      loss: total / Double(rows),
      metrics: try measure(predictions, of: data, wantsMatrices: wantsMatrices))
  }

  /// Returns the metrics of `outputs`, which are logits if the loss is computed from them.
  func measure(_ outputs: [Float], of data: EncodedDataset, wantsMatrices: Bool = false) throws -> [MetricValue] {
    guard !metrics.isEmpty, data.inputs.rows > 0 else { return [] }
    var activated = outputs
    if let activation = canonical.activation {
      var span = activated.mutableSpan
      activation.apply(&span, width: plan.outputCount)
    }
    func predictions(_ inUnit: ([Float]) -> [Float]) throws -> Predictions {
      try Predictions(
        inUnit(activated), targets: inUnit(data.targets.values), rows: data.inputs.rows, encoding: encoding,
        weights: data.weights.isEmpty ? nil : data.weights, logits: canonical.activation == nil ? nil : outputs,
        link: canonical.activation?.link, threshold: threshold)
    }
    let measured = try predictions { scaling?.undone($0) ?? $0 }
    let isShifted = scaling.map { $0.transform == nil } ?? false
    let shifted = isShifted ? try predictions { scaling?.scaled($0) ?? $0 } : nil
    return metrics.map { metric in
      let predictions = metric.isShiftInvariant ? shifted ?? measured : measured
      return MetricValue(
        type(of: metric).name, metric.value(of: predictions), higherIsBetter: metric.higherIsBetter,
        matrix: wantsMatrices ? metric.matrix(of: predictions) : nil)
    }
  }
}

import GliaCore

extension LossCurve {
  /// The losses of a training's epochs, its first metric, and its learning rates where they change.
  ///
  /// ```swift
  /// try LossCurve(training.history, isFraction: true, stopReason: training.stopReason).write(to: "loss.png")
  /// ```
  ///
  /// - Parameters:
  ///   - history: the epochs.
  ///   - isFraction: whether the metric is drawn in percent.
  ///   - stopReason: why the training ended, marked if it was before its last epoch.
  public init(_ history: [Epoch], isFraction: Bool = false, stopReason: StopReason? = nil) {
    self.init(training: history.map(\.training.loss), validation: history.compactMap { $0.validation?.loss })
    if let first = history.first?.training.metrics.first {
      func values(_ parts: [Evaluation]) -> [Double] {
        parts.compactMap { $0.metrics.first?.value }.map { isFraction ? 100 * $0 : $0 }
      }
      metric = Quantity(
        first.name.replacing("_", with: " ") + (isFraction ? " (%)" : ""), training: values(history.map(\.training)),
        validation: values(history.compactMap(\.validation)))
    }
    let rates = history.map(\.learningRate)
    if Set(rates).count > 1 { learningRates = rates }
    events = Event.rateDrops(in: rates)
    let ends: [StopReason: String] = [.earlyStopping: "early stop", .diverged: "diverged", .interrupted: "interrupted"]
    if let last = history.last, let name = stopReason.flatMap({ ends[$0] }) {
      events.append(Event(name, after: Double(last.number), kind: stopReason == .earlyStopping ? .earlyStop : .other))
    }
  }
}

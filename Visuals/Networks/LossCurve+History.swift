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
        parts.compactMap { $0.metrics.first?.value }
      }
      metric = Quantity(
        metric: first.name, isFraction: isFraction, training: values(history.map(\.training)),
        validation: values(history.compactMap(\.validation)))
    }
    let rates = history.map(\.learningRate)
    if Set(rates).count > 1 { learningRates = rates }
    events = Event.rateDrops(in: rates)
    if let last = history.last, let end = stopReason.flatMap({ Event($0, after: last.number) }) { events.append(end) }
  }
}

extension LossCurve.Quantity {
  /// The values of the metric called `name` after every epoch; of fractions, in percent.
  public init(metric name: String, isFraction: Bool, training: [Double], validation: [Double] = []) {
    func shown(_ values: [Double]) -> [Double] { isFraction ? values.map { 100 * $0 } : values }
    self.init(
      name.replacing("_", with: " ") + (isFraction ? " (%)" : ""), training: shown(training),
      validation: shown(validation))
  }
}

extension LossCurve.Event {
  /// The end of a training after `epoch`; nil if that was its last.
  public init?(_ reason: StopReason, after epoch: Int) {
    switch reason {
    case .earlyStopping: self.init("early stop", after: Double(epoch), kind: .earlyStop)
    case .diverged: self.init("diverged", after: Double(epoch))
    case .interrupted: self.init("interrupted", after: Double(epoch))
    default: return nil
    }
  }
}

import GliaCore

extension LossCurve {
  /// Creates the loss curve of a training history, with its first metric and, if they change, its learning rates.
  ///
  /// ```swift
  /// try LossCurve(training.history, isFraction: true, stopReason: training.stopReason).write(to: "loss.png")
  /// ```
  ///
  /// - Parameters:
  ///   - history: The epochs.
  ///   - isFraction: Whether the metric is a fraction, which is drawn in percent.
  ///   - stopReason: The reason the training ended, which is marked if it ended early.
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
  /// Creates a quantity from the values of a metric after every epoch; fractions are shown in percent.
  public init(metric name: String, isFraction: Bool, training: [Double], validation: [Double] = []) {
    func shown(_ values: [Double]) -> [Double] { isFraction ? values.map { 100 * $0 } : values }
    self.init(
      name.replacing("_", with: " ") + (isFraction ? " (%)" : ""), training: shown(training),
      validation: shown(validation))
  }
}

extension LossCurve.Event {
  /// Creates the event of a training that ended early after `epoch`; `nil` if it completed.
  public init?(_ reason: StopReason, after epoch: Int) {
    switch reason {
    case .earlyStopping: self.init("early stop", after: Double(epoch), kind: .earlyStop)
    case .diverged: self.init("diverged", after: Double(epoch))
    case .interrupted: self.init("interrupted", after: Double(epoch))
    default: return nil
    }
  }
}

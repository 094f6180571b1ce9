import GliaCore

/// The loss over the epochs of a training run, with optional strips below for other quantities.
///
/// ```swift
/// var figure = LossCurve(training.history)
/// figure.metric = .init("accuracy", training: accuracies)
/// figure.events = [.init("early stop", after: 142, kind: .earlyStop)]
/// try figure.write(to: "loss.png")
/// ```
public struct LossCurve: Figure {
  /// A quantity on the training and validation data after every epoch, starting with epoch 1.
  public struct Quantity: Hashable, Sendable {
    /// The name shown at the axis.
    public var name: String
    /// The values on the training data.
    public var training: [Double]
    /// The values on the validation data; may be empty.
    public var validation: [Double]

    /// Creates a quantity from its values after every epoch.
    public init(_ name: String, training: [Double], validation: [Double] = []) {
      self.name = name
      self.training = training
      self.validation = validation
    }
  }

  /// Something that happened after an epoch.
  public struct Event: Hashable, Sendable {
    /// The kind of an event, shown by a symbol on its line.
    public enum Kind: Hashable, Sendable {
      /// Any other event (no symbol).
      case other
      /// The learning rate was reduced (a triangle pointing down).
      case rateDrop
      /// The training resumed from a checkpoint (a triangle pointing right).
      case resume
      /// A checkpoint was saved (a diamond).
      case checkpoint
      /// The training stopped early (a square).
      case earlyStop
    }

    /// The epoch after which the event happened, starting with 1.
    public var epoch: Double
    /// The name of the event, such as `rate 0.01 → 0.001` or `early stop`.
    public var name: String
    /// The kind of the event.
    public var kind: Kind

    /// Creates an event after `epoch`.
    public init(_ name: String, after epoch: Double, kind: Kind = .other) {
      self.name = name
      self.epoch = epoch
      self.kind = kind
    }
  }

  /// The size, theme, and text of the figure.
  public var page = Page()
  /// The loss.
  public var loss: Quantity
  /// The loss of every batch in the order of training, spread evenly over the epochs and drawn as a thin line.
  public var batchLosses: [Double] = []
  /// The smoothing factor β of the batch losses, from 0 to below 1: an exponential moving average mₜ = β mₜ₋₁ + (1 − β)
  /// lₜ with bias correction by 1 − βᵗ. If `nil`, the training curve shows the means over the epochs.
  public var smoothing: Double?
  /// A quantity such as accuracy, drawn in a strip below.
  public var metric: Quantity?
  /// The learning rate of every epoch, drawn as steps in a strip below; no strip if empty.
  public var learningRates: [Double] = []
  /// The norm of the gradient in every epoch, drawn in a strip below; no strip if empty.
  public var gradientNorms: [Double] = []
  /// The events during the training, such as a lower learning rate.
  public var events: [Event] = []
  /// The kind of the loss axis; if `nil`, it is logarithmic if all losses are positive and span more than two powers of
  /// ten.
  public var scale: Scale.Kind?
  /// Whether the epoch with the lowest validation loss is marked.
  public var marksBest = true

  /// Creates the curve of the losses after every epoch.
  public init(training: [Double], validation: [Double] = []) {
    loss = Quantity("loss", training: training, validation: validation)
  }

  /// Draws the curves, marks, and axes.
  ///
  /// A curve ends with a cross where the loss is not finite. Throws an error when no loss is finite.
  public func draw(on canvas: inout Canvas) throws {
    let values = loss.training + loss.validation + batchLosses
    let finite = values.filter(\.isFinite)
    guard !finite.isEmpty else {
      throw GliaError(
        values.isEmpty ? "there are no losses to draw" : "none of the \(values.count) losses is finite", at: "loss",
        expected: "the loss of at least one epoch")
    }
    let layout = LossLayout(self, finite, bounds: canvas.bounds)
    for (strip, plot) in zip(layout.strips, layout.plots) {
      plot.drawGridLines(on: &canvas)
      LossMarks(page: page, plot: plot).draw(events, isFirst: strip.isLoss, on: &canvas)
      LossSeries(page: page, plot: plot, keyX: layout.keyX).draw(strip, on: &canvas)
      plot.drawAxes(on: &canvas)
      if strip.isLoss {
        var marks = LossMarks(page: page, plot: plot)
        marks.mark(strip, best: marksBest, on: &canvas)
      }
    }
    page.drawText(on: &canvas, left: layout.plots[0].area.x, note: note(values.count - finite.count))
  }

  func note(_ skipped: Int) -> String {
    [
      batchLosses.count > 1 ? "pale: every batch" : "",
      skipped == 0 ? "" : "\(skipped) \(skipped == 1 ? "loss that is" : "losses that are") not finite left out",
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

extension LossCurve.Event {
  /// Returns an event for every drop of the learning rate by a quarter or more between epochs, such as `rate 0.01 →
  /// 0.001`.
  ///
  /// More than five drops indicate a schedule, which a strip shows better; the result is then empty.
  public static func rateDrops(in rates: [Double]) -> [LossCurve.Event] {
    let drops = rates.indices.dropFirst().filter { rates[$0] > 0 && rates[$0] <= 0.75 * rates[$0 - 1] }
    guard drops.count <= 5 else { return [] }
    return drops.map { index in
      let (before, after) = (NumberText.plain(rates[index - 1], digits: 3), NumberText.plain(rates[index], digits: 3))
      return LossCurve.Event("rate \(before) → \(after)", after: Double(index), kind: .rateDrop)
    }
  }
}

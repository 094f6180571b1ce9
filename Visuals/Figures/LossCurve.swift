import GliaCore

/// The loss over the epochs of a training, with strips below for what went with it.
///
/// ```swift
/// var figure = LossCurve(training.history)
/// figure.metric = .init("accuracy", training: accuracies)
/// figure.events = [.init("early stop", after: 142, kind: .earlyStop)]
/// try figure.write(to: "loss.png")
/// ```
public struct LossCurve: Figure {
  /// A quantity of the training and the validation part after every epoch, the first after epoch 1.
  public struct Quantity: Hashable, Sendable {
    /// Its name, written beside the axis.
    public var name: String
    /// On the training part.
    public var training: [Double]
    /// On the validation part; may be empty.
    public var validation: [Double]

    /// A quantity with its values, epoch by epoch.
    public init(_ name: String, training: [Double], validation: [Double] = []) {
      self.name = name
      self.training = training
      self.validation = validation
    }
  }

  /// Something that happened after an epoch.
  public struct Event: Hashable, Sendable {
    /// What sort of thing happened, told by a sign on its line.
    public enum Kind: Hashable, Sendable {
      /// Anything else; a line without a sign.
      case other
      /// The learning rate became smaller (a triangle pointing down).
      case rateDrop
      /// The training went on from a checkpoint (a triangle pointing right).
      case resume
      /// The training was stored (a diamond).
      case checkpoint
      /// The training ended before its last epoch (a square).
      case earlyStop
    }

    /// After which epoch, counted from 1.
    public var epoch: Double
    /// What, such as `rate 0.01 → 0.001` or `early stop`.
    public var name: String
    /// What sort of thing.
    public var kind: Kind

    /// The event `name` after `epoch`.
    public init(_ name: String, after epoch: Double, kind: Kind = .other) {
      self.name = name
      self.epoch = epoch
      self.kind = kind
    }
  }

  /// Size, look and words.
  public var page = Page()
  /// The loss.
  public var loss: Quantity
  /// The loss of every batch, in the order of the training; spread evenly over the epochs and drawn thin.
  public var batchLosses: [Double] = []
  /// How strongly the losses of the batches are smoothed to the curve of the training, from 0 to below 1: its weight β of the
  /// past in mₜ = β mₜ₋₁ + (1 − β) lₜ, divided by 1 − βᵗ. If `nil`, the curve goes through the means of the epochs.
  public var smoothing: Double?
  /// A quantity such as accuracy, drawn in a strip below.
  public var metric: Quantity?
  /// The learning rate of every epoch, drawn in steps in a strip below; none if empty.
  public var learningRates: [Double] = []
  /// The norm of the gradient in every epoch, drawn in a strip below; none if empty.
  public var gradientNorms: [Double] = []
  /// What happened on the way, such as a lower learning rate.
  public var events: [Event] = []
  /// How the loss is laid out; logarithmic if `nil` and all losses are positive over more than two powers of ten.
  public var scale: Scale.Kind?
  /// Whether the epoch with the lowest validation loss is marked.
  public var marksBest = true

  /// The curve of the losses after every epoch.
  public init(training: [Double], validation: [Double] = []) {
    loss = Quantity("loss", training: training, validation: validation)
  }

  /// Draws the curves, the marks and the axes.
  ///
  /// A loss that is not finite cuts its curve and is marked with a cross. Throws when there is no finite loss at all.
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
  /// The events of learning rates that fell by a quarter or more from one epoch to the next, such as `rate 0.01 → 0.001`.
  ///
  /// Rates that do so more than five times follow a schedule that a strip shows better; they give none.
  public static func rateDrops(in rates: [Double]) -> [LossCurve.Event] {
    let drops = rates.indices.dropFirst().filter { rates[$0] > 0 && rates[$0] <= 0.75 * rates[$0 - 1] }
    guard drops.count <= 5 else { return [] }
    return drops.map { index in
      let (before, after) = (NumberText.plain(rates[index - 1], digits: 3), NumberText.plain(rates[index], digits: 3))
      return LossCurve.Event("rate \(before) → \(after)", after: Double(index), kind: .rateDrop)
    }
  }
}

extension LossCurve.Event.Kind {
  /// The sign on the line of an event, around `center`.
  fileprivate func sign(_ center: Point) -> Path? {
    switch self {
    case .other: nil
    case .rateDrop: Marker.triangleDown.path(center, radius: 4)
    case .resume:
      Path([Point(-3.5, -4.5), Point(4.5, 0), Point(-3.5, 4.5)].map { center + $0 }, closed: true)
    case .checkpoint: Marker.diamond.path(center, radius: 4)
    case .earlyStop: Marker.square.path(center, radius: 3.6)
    }
  }
}

import GliaCore

/// The loss over the epochs of a training, with a metric below if asked.
///
/// ```swift
/// var figure = LossCurve(training: history.map(\.loss), validation: history.map(\.validationLoss))
/// figure.metric = .init("accuracy", training: accuracies)
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
    /// After which epoch, counted from 1.
    public var epoch: Double
    /// What, such as `rate 0.01 → 0.001` or `early stop`.
    public var name: String

    /// The event `name` after `epoch`.
    public init(_ name: String, after epoch: Double) {
      self.name = name
      self.epoch = epoch
    }
  }

  /// Size, look and words.
  public var page = Page()
  /// The loss.
  public var loss: Quantity
  /// The loss of every batch, in the order of the training; spread evenly over the epochs and drawn thin.
  public var batchLosses: [Double] = []
  /// A quantity such as accuracy, drawn in a strip below.
  public var metric: Quantity?
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
    let epochs = max(loss.training.count, loss.validation.count, metric?.training.count ?? 0, 1)
    let layout = layout(finite, epochs: epochs, bounds: canvas.bounds)
    let series = LossSeries(page: page, epochs: epochs, keyX: layout.keyX)
    layout.loss.drawGrid(on: &canvas)
    series.drawEvents(events, on: &canvas, layout.loss, namesAbove: true)
    series.drawBatches(batchLosses, on: &canvas, layout.loss)
    series.drawCurves(loss, on: &canvas, layout.loss)
    layout.loss.drawAxes(on: &canvas)
    if marksBest { series.drawBest(loss, on: &canvas, layout.loss) }
    if let metric, let plot = layout.metric {
      plot.drawGrid(on: &canvas)
      series.drawEvents(events, on: &canvas, plot, namesAbove: false)
      series.drawCurves(metric, on: &canvas, plot)
      plot.drawAxes(on: &canvas)
    }
    page.drawWords(on: &canvas, left: layout.loss.area.x, note: note(values.count - finite.count))
  }

  func note(_ skipped: Int) -> String {
    skipped == 0 ? "" : "\(skipped) \(skipped == 1 ? "loss that is" : "losses that are") not finite left out"
  }

  private func kind(_ finite: [Double]) -> Scale.Kind {
    guard let low = finite.min(), let high = finite.max(), low > 0 else { return .linear }
    return scale ?? (high / low > 100 ? .logarithmic : .linear)
  }

  private func layout(
    _ finite: [Double], epochs: Int, bounds: Rect
  ) -> (loss: Plot, metric: Plot?, keyX: Double) {
    let theme = page.theme
    // Few epochs are set in from the axis, so that no mark lies on it.
    let inset = batchLosses.isEmpty && epochs <= 20 ? 0.5 : 0
    let span = Scale(from: inset, to: Double(epochs) + inset)
    let x = Axis(span, name: "epoch", ticks: Ticks(wholeNumbersOf: span))
    let y = Axis(.spanning(finite, kind(finite), padding: epochs == 1 ? 0.5 : 0.06), name: loss.name)
    let metricValues = (metric.map { $0.training + $0.validation } ?? []).filter(\.isFinite)
    let metricAxis =
      metricValues.isEmpty ? nil : metric.map { Axis(.spanning(metricValues, padding: 0.08), name: $0.name) }
    let upper = Plot.margins(x: x, y: y, theme: theme, labelsX: metricAxis == nil)
    let lower = metricAxis.map { Plot.margins(x: x, y: $0, theme: theme) }
    let left = Page.margin + max(upper.left, lower?.left ?? 0)
    let names = [loss.training.isEmpty ? "" : "train", loss.validation.isEmpty ? "" : "validation"]
    let key = names.map { theme.label().width(of: $0) }.max() ?? 0
    let right = bounds.width - Page.margin - max(key + 14, upper.right)
    let room = events.isEmpty ? 0 : theme.tickSize * 1.6
    let top = page.top(above: upper, hasNote: y.ticks.note != nil) + room
    let bottom = bounds.height - Page.margin - 10 - (lower ?? upper).bottom
    let height = max(bottom - top, 1)
    let width = max(right - left, 1)
    guard let metricAxis, let lower else {
      let plot = Plot(area: Rect(x: left, y: top, width: width, height: height), x: x, y: y, theme: theme)
      return (plot, nil, right + 10)
    }
    let gap = 14 + lower.top
    let part = max((height - gap) * 0.68, 1)
    var plot = Plot(area: Rect(x: left, y: top, width: width, height: part), x: x, y: y, theme: theme)
    plot.labelsX = false
    let rest = Rect(x: left, y: top + part + gap, width: width, height: max(height - gap - part, 1))
    return (plot, Plot(area: rest, x: x, y: metricAxis, theme: theme), right + 10)
  }
}

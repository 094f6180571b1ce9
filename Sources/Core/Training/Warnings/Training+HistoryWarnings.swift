// What the epochs show that their reader must know.
extension Training {
  var historyWarnings: [String] { monitorWarnings + [growth].compactMap { $0 } }

  /// What the last results show beside the history: loss and metrics of the training part after the training.
  ///
  /// A last step can spoil what all epochs brought, which no epoch tells: its loss is from before its updates.
  public func warnings(about final: Evaluation) -> [String] {
    var warnings: [String] = []
    // Written so that a loss that is not a number counts as one that is too large.
    if restored == nil, stopReason != .diverged, let last = history.last?.training.loss,
      !(final.loss <= max(Self.explosion * last, Self.noise))
    {
      warnings.append(
        "the last steps spoiled the network: its loss is \(final.loss.brief), and was \(last.brief) in the last epoch; "
          + "lower the learning rate, or add early_stopping, which keeps the best weights")
    }
    if evaluator.encoding.isClassification, restored == nil, stopReason != .diverged, final.loss > Self.guessing {
      warnings.append(
        "the loss is \(final.loss.brief), far above that of a guess: the training went astray; lower the learning rate")
    }
    if let fit = final["r2_score"], fit < 0 {
      warnings.append(
        "r2_score is \(fit.brief): the mean of the targets would be the better prediction; train longer, or standardize "
          + "features and targets")
    }
    return warnings
  }

  /// No guess among any number of classes has a loss as high as this.
  private static let guessing = 100.0
  /// A loss that has grown by more than this factor is warned of.
  private static let explosion = 1000.0
  /// Losses below this are rounding.
  private static let noise = 1e-6

  private var growth: String? {
    let losses = history.map(\.training.loss)
    guard let last = losses.last, let best = losses.min(), last > Self.explosion * best, last > Self.noise,
      stopReason != .diverged
    else { return nil }
    let epoch = (losses.firstIndex(of: best) ?? 0) + 1
    return
      "the loss grew from \(best.brief) in epoch \(epoch.grouped) to \(last.brief) in epoch \(losses.count.grouped); lower "
      + "the learning rate, or add early_stopping, which keeps the best weights"
  }

  /// Whoever watches a value that is not a number does nothing.
  private var monitorWarnings: [String] {
    guard let columns = history.last?.columns else { return [] }
    let watching =
      settings.callbacks.map { (type(of: $0).name, $0.watched) }
      + [settings.schedule.map { (type(of: $0).name, $0.watched) }].compactMap { $0 }
    return watching.compactMap { name, monitor in
      guard let monitor else { return nil }
      let column = monitor.column(among: columns)
      let missing = history.count { monitor.value(of: $0) == nil }
      guard missing > 0 else { return nil }
      let how =
        missing == history.count
        ? "was never a number" : "was not a number in \(missing.grouped) of \(history.count.counted("epoch"))"
      return
        "\(column) \(how), which \(name) passed over"
        + (column.hasPrefix("validation_") ? onlyClass.map { ": \($0)" } ?? "" : "")
        + "; watch validation_loss, or divide the data otherwise (\"stratify\": true)"
    }
  }

  /// That all validation samples are of one class, for which many a metric has no meaning.
  private var onlyClass: String? {
    guard !classes.isEmpty, let validation else { return nil }
    let (values, width) = (validation.targets.values, validation.targets.width)
    let rows = stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
    guard let first = rows.first, rows.allSatisfy({ $0 == first }) else { return nil }
    let index: Int =
      switch evaluator.encoding {
      case .index: Int(first[0])
      case .oneHot: first.firstIndex(of: 1) ?? 0
      case .values, .binary: first[0] > evaluator.encoding.threshold ? 1 : 0
      }
    guard classes.indices.contains(index) else { return nil }
    return "all \(rows.count.counted("sample")) of the validation part are of class '\(classes[index].excerpt)'"
  }
}

// Warnings about the history of a training.
extension Training {
  var historyWarnings: [String] { monitorWarnings + [growth].compactMap { $0 } }

  /// Returns warnings about the final results compared with the history: loss and metrics of the training part after training.
  ///
  /// The last step can ruin the network without any epoch showing it: an epoch's losses are measured before its updates.
  public func warnings(about final: Evaluation) -> [String] {
    var warnings: [String] = []
    // Written so that NaN counts as too large.
    if restored == nil, stopReason != .diverged, let last = history.last?.training.loss,
      !(final.loss <= max(Self.explosion * last, Self.noise))
    {
      warnings.append(
        "the last steps ruined the network: its loss is \(final.loss.brief), but was \(last.brief) in the last epoch; "
          + "lower the learning rate, or add early_stopping, which restores the best weights")
    }
    if evaluator.encoding.isClassification, restored == nil, stopReason != .diverged, final.loss > Self.guessing {
      warnings.append(
        "the loss is \(final.loss.brief), far above that of a random guess; lower the learning rate")
    }
    if let fit = final["r2_score"], fit < 0 {
      warnings.append(
        "r2_score is \(fit.brief): the mean of the targets would be a better prediction; train longer, or standardize "
          + "features and targets")
    }
    return warnings
  }

  /// A random guess never has a loss as high as this, for any number of classes.
  private static let guessing = 100.0
  /// The factor of growth above which a loss is reported.
  private static let explosion = 1000.0
  /// Losses below this are rounding errors.
  private static let noise = 1e-6

  private var growth: String? {
    let losses = history.map(\.training.loss)
    guard let last = losses.last, let best = losses.min(), last > Self.explosion * best, last > Self.noise,
      stopReason != .diverged
    else { return nil }
    let epoch = (losses.firstIndex(of: best) ?? 0) + 1
    return
      "the loss grew from \(best.brief) in epoch \(epoch.grouped) to \(last.brief) in epoch \(losses.count.grouped); lower "
      + "the learning rate, or add early_stopping, which restores the best weights"
  }

  /// Monitoring a value that is NaN has no effect.
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
        "\(column) \(how), which \(name) ignored"
        + (column.hasPrefix("validation_") ? onlyClass.map { ": \($0)" } ?? "" : "")
        + "; monitor validation_loss, or split the data differently (\"stratify\": true)"
    }
  }

  /// A note if all validation samples are of one class, for which many metrics are undefined.
  private var onlyClass: String? {
    guard !classes.isEmpty, let validation else { return nil }
    let (values, width) = (validation.targets.values, validation.targets.width)
    let rows = stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
    guard let first = rows.first, rows.allSatisfy({ $0 == first }) else { return nil }
    let encoding = evaluator.encoding
    let index = encoding == .index ? Int(first[0]) : DecisionRule(encoding).predictedClass(first[...])
    guard classes.indices.contains(index) else { return nil }
    return "all \(rows.count.counted("sample")) of the validation part belong to class '\(classes[index].excerpt)'"
  }
}

extension Training {
  /// Returns the model of the trained network with everything that the settings want fitted on the validation part: the
  /// decision threshold, the temperature of probabilities, and prediction intervals.
  ///
  /// ```swift
  /// var settings = TrainingSettings()
  /// (settings.loss, settings.optimizer) = (.binaryCrossentropy, .adam)
  /// (settings.threshold, settings.calibration) = (.maximizing(.f1), .temperature)
  /// var training = try Training(network, on: train, validation: validation, settings: settings)
  /// try training.fit()
  /// let model = try training.calibratedModel()
  /// print(model.fitted.threshold ?? 0.5)
  /// ```
  ///
  /// What cannot be fitted is left out, with the reason in the warnings of ``Model/fitted``.
  public func calibratedModel() throws -> Model {
    try calibrated(model)
  }

  /// Returns a model of the same task, such as an ensemble, with everything that the settings want fitted to its outputs.
  package func calibrated(_ model: Model) throws -> Model {
    var model = model
    guard let validation, model.network.parameters.allSatisfy(\.isFinite) else { return model }
    if settings.calibration == .temperature { try fitTemperature(of: &model, validation) }
    if case .maximizing(let metric, let positive) = settings.threshold {
      try fitThreshold(of: &model, metric, positive, validation)
    }
    if let level = settings.intervals { try fitIntervals(of: &model, level, validation) }
    return model
  }

  private func fitTemperature(of model: inout Model, _ data: EncodedDataset) throws {
    guard let (logits, link) = try model.network.logits(for: data.inputs) else {
      return model.fitted.warnings.append(
        "probabilities are not calibrated: a temperature needs a sigmoid or softmax at the end of the network, or a mean of "
          + "networks that all end with the same one")
    }
    let (targets, isIndex) = (data.targets, evaluator.encoding == .index)
    let width = logits.count / max(data.inputs.rows, 1)
    let fit = TemperatureFit(
      logits: logits, link: link, width: width,
      target: { row, column in
        isIndex
          ? targets.values[row] == Float(column) ? 1 : 0 : Double(targets.values[row * width + column])
      }, weight: { data.weights.isEmpty ? 1 : Double(data.weights[$0]) })
    model.fitted.temperature = fit.temperature()
    if model.fitted.classWeights != nil {
      model.fitted.warnings.append(
        "balanced class weights shift probabilities toward rare classes, which a temperature cannot undo, so they are not "
          + "calibrated as frequencies")
    }
    guard model.fitted.temperature == nil else { return }
    model.fitted.warnings.append(
      "no temperature from 0.01 to 100 maximizes the likelihood of the \(data.inputs.rows.counted("sample")) of the "
        + "validation part, so probabilities are not calibrated; use a larger validation part")
  }

  private func fitThreshold(
    of model: inout Model, _ metric: ThresholdMetric, _ positive: String?, _ data: EncodedDataset
  ) throws {
    let outputs = try model.calibratedNetwork().predict(data.inputs)
    let (encoding, width) = (evaluator.encoding, outputs.width)
    // Of two outputs, that of the second class is compared with the threshold.
    let isPerClass = encoding == .oneHot || encoding == .index
    let places = (0..<outputs.values.count).filter { !isPerClass || $0 % width == width - 1 }
    let search = ThresholdSearch(
      places.map { outputs.values[$0] },
      isPositive: places.map { place in
        let target = encoding == .index ? data.targets.values[place / width] : data.targets.values[place]
        return target > encoding.threshold
      },
      weights: places.map { data.weights.isEmpty ? 1 : Double(data.weights[$0 / width]) })
    guard let search else {
      return model.fitted.warnings.append(
        "no threshold was chosen: the \(data.inputs.rows.counted("sample")) of the validation part are all of one class; "
          + "split the data differently (\"stratify\": true)")
    }
    let isOfLow = positive != nil && positive == model.classes.first
    let best = search.best(metric, isOfLow: isOfLow, usual: encoding.threshold, in: encoding.thresholds)
    model.fitted.threshold = best.threshold
    model.fitted.choice = ThresholdChoice(
      metric: metric, positive: positive, value: best.value, usualValue: best.usualValue)
  }

  private func fitIntervals(of model: inout Model, _ level: Double, _ data: EncodedDataset) throws {
    let outputs = try model.network.predict(data.inputs)
    func inUnit(_ values: [Float]) -> [Double] { targetScaling?.transformed(values) ?? values.map(Double.init) }
    let (predicted, actual, width) = (inUnit(outputs.values), inUnit(data.targets.values), outputs.width)
    let residuals = (0..<width).map { column in
      stride(from: column, to: actual.count, by: width).map { abs(actual[$0] - predicted[$0]) }
    }
    model.fitted.intervals = PredictionIntervals(level: level, residuals: residuals)
    guard model.fitted.intervals == nil else { return }
    model.fitted.warnings.append("no intervals: some predictions for the validation part are not finite numbers")
  }
}

extension Experiment {
  /// Throws if a target has no logarithm, or columns of probabilities do not sum to 1; samples are counted in the whole data, as
  /// in the file.
  func checkTargets(of data: Dataset) throws {
    if data.targets.count > 1, try training.requiredLoss().targetEncoding == .oneHot {
      _ = try data.encoded(for: training.requiredLoss())
    }
    guard let transform = self.data?.targetTransform, !data.holdsClasses,
      try !training.requiredLoss().targetEncoding.isClassification
    else { return }
    for column in data.targets { try transform.check(column) }
  }

  /// Returns the scaling of regression targets that the data source asks for, fitted on the training part; nil if none.
  ///
  /// - Throws: `GliaError` for classes, for a loss that does not allow it, and for targets without a logarithm.
  func targetScaling(fitting training: Dataset) throws -> TargetScaling? {
    let (transform, standardizes) = (self.data?.targetTransform, self.data?.standardizeTargets == true)
    guard transform != nil || standardizes else { return nil }
    let setting = transform == nil ? "standardize_targets" : "target_transform"
    let loss = try self.training.requiredLoss()
    guard !loss.targetEncoding.isClassification, !training.holdsClasses else {
      throw GliaError(
        "\(setting) cannot be used for classes", at: "data.\(setting)",
        expected: "a regression, but \(type(of: loss).name) is used with classes here", remedy: "leave it out")
    }
    guard loss.allowsStandardizedTargets else {
      throw GliaError(
        "\(setting) cannot be used with \(type(of: loss).name)", at: "data.\(setting)",
        expected: "a loss that allows standardized targets, such as mean_squared_error", remedy: "leave it out")
    }
    return try TargetScaling(fitting: training, transform: transform, standardizes: standardizes)
  }
}

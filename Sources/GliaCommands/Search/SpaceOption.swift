import GliaCore
import GliaSearch
import GliaStudies

/// The search space given by `--space`.
enum SpaceOption {
  private static let option = "--space"
  /// The maximum size of a JSON file in bytes.
  private static let limit = 1 << 24

  /// Returns the space of `PATH=RANGE` and files, in order; without any, that of the log of the search that is resumed.
  static func space(_ items: [String], resuming log: String?) throws -> SearchSpace {
    if items.isEmpty, let log { return try TrialLog(contentsOf: log).space }
    let dimensions = try items.flatMap { item in
      guard InputFile.exists(item) || item.lowercased().hasSuffix(".json") && !item.contains("=") else {
        return try UsageMistake.locating(option) { [try SearchDimension(parsing: item)] }
      }
      return try SearchSpace(from: JSON(parsing: FileReader.bytes(of: item, limit: limit), name: item), at: item)
        .dimensions
    }
    return try UsageMistake.locating(option) { try SearchSpace(ordered(dimensions)) }
  }

  /// Throws if a setting takes the ends of a range, but not the numbers between them.
  private static func requireWhole(_ dimension: SearchDimension, of objective: ExperimentObjective) throws {
    guard case .range(let range) = dimension.values, !range.isWhole, range.step == nil else { return }
    func takes(_ value: JSON) -> Bool {
      (try? objective.experiment.setting(dimension.path, to: value, with: objective.registry, isLast: false)) != nil
    }
    let (low, high) = (range.low.rounded(.up), range.high.rounded(.down))
    guard low < high, abs(low) < 1e15, takes(JSON(Int(low))), !takes(dimension.value(at: 0.3717)) else { return }
    throw UsageMistake(
      "\(dimension.path) takes whole numbers only", at: option,
      expected: (range.isLogarithmic ? "log-int:" : "int:") + "\(low.brief)..\(high.brief)")
  }

  /// Returns the dimensions with each after those that it depends on: a component before its settings.
  private static func ordered(_ dimensions: [SearchDimension]) -> [SearchDimension] {
    var (ordered, open): ([SearchDimension], Set<String>) = ([], [])
    func add(_ dimension: SearchDimension) {
      guard !ordered.contains(where: { $0 == dimension }), open.insert(dimension.path).inserted else { return }
      for other in dimensions
      where dimension.path.hasPrefix(other.path + ".") || dimension.condition?.path == other.path {
        if other.path != dimension.path { add(other) }
      }
      ordered.append(dimension)
    }
    for dimension in dimensions { add(dimension) }
    // What is listed twice is an error of the space.
    return ordered.count == dimensions.count ? ordered : dimensions
  }

  /// Throws if a value of the space is not one of the experiment's settings, before anything is trained.
  static func check(_ space: SearchSpace, of objective: ExperimentObjective) throws {
    for path in space.dimensions.map(\.path) {
      guard path == "name" || path == "split" || path.hasPrefix("split.") || path == "training.seed" else { continue }
      throw UsageMistake(
        "trials with different values of \(path) cannot be compared", at: option,
        expected: "settings of the data, the network or the training")
    }
    for dimension in space.dimensions where dimension.condition == nil {
      try requireWhole(dimension, of: objective)
      let isList = if case .list = dimension.values { true } else { false }
      for coordinate in isList ? dimension.grid(points: 2) : [0, 0.5, 1.0.nextDown] {
        try UsageMistake.locating(option) {
          _ = try objective.experiment.setting(
            dimension.path, to: dimension.value(at: coordinate), with: objective.registry, isLast: false)
        }
      }
    }
    let center = space.values(at: space.dimensions.map { _ in 0.5 })
    _ = try UsageMistake.locating(option) { try objective.experiment(with: center) }
    guard objective.metric == "loss",
      let path = space.dimensions.map(\.path).first(where: { $0 == "training.loss" || $0.hasPrefix("training.loss.") })
    else { return }
    throw UsageMistake(
      "losses cannot be compared while \(path) varies", at: "--objective", expected: "a metric, such as accuracy")
  }
}

import GliaCore

extension PermutationImportancePlot {
  /// Creates the figure of measured importances.
  public init(_ importance: PermutationImportance) {
    self.init(
      bars: importance.inputs.map { Bar($0.name.withSubscript, change: $0.mean, interval: $0.interval) })
    quantity = importance.quantity
    let shuffles = NumberText.count(importance.repeats, "shuffle")
    subtitle =
      "\(importance.measure) \(NumberText.short(importance.base)) without shuffling · \(shuffles) of each input"
  }

  /// Creates the figure of the permutation importance of a model's inputs.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - data: Samples before standardization, which the model preferably was not trained on.
  ///   - metric: What to measure; `nil` for the loss.
  ///   - repeats: How often each input is shuffled.
  ///   - seed: The seed of the shuffling.
  /// - Throws: An error if samples, model, and metric don't match.
  public init(
    of model: Model, on data: Dataset, metric: (any Metric)? = nil, repeats: Int = 10, seed: UInt64 = 0
  ) throws {
    self.init(try model.importance(on: data, metric: metric, repeats: repeats, seed: seed))
    title = "\(data.name) · \(model.network.shortDescription)"
  }
}

extension PartialDependencePlot {
  /// The largest number of panels that can be read.
  private static let mostPanels = 25

  /// Creates the figure of how one output of a model depends on its inputs.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - data: Samples before standardization.
  ///   - inputs: The inputs to draw, some of `model.inputs(of: data)`; if `nil`, all.
  ///   - output: The index of a class, or for a regression that of a target; if `nil`, the second of two classes, the first
  ///     of more, or the first target.
  /// - Throws: An error if samples and model don't match, or if there are no inputs or more than 25.
  public init(of model: Model, on data: Dataset, inputs: [ModelInput]? = nil, output: Int? = nil) throws {
    let inputs = inputs ?? model.inputs(of: data)
    guard (1...Self.mostPanels).contains(inputs.count) else {
      throw GliaError(
        "a plot for each of \(inputs.count) inputs", at: data.name, expected: "1 to \(Self.mostPanels)",
        remedy: "choose some of them")
    }
    let output = output ?? (model.classes.count == 2 ? 1 : 0)
    let names = model.outputNames(data)
    self.init(
      panels: try inputs.map { input in
        let found = try model.partialDependence(on: input, over: data, output: output)
        let shown = found.labels.count
        let part = shown > 0 && shown < input.values.count ? " (\(shown) of \(input.values.count) values)" : ""
        return Panel(
          input.name.withSubscript + part, points: found.points,
          labels: found.labels.map { $0.isEmpty ? "(empty)" : $0 },
          mean: found.mean, curves: found.curves,
          deciles: found.deciles)
      })
    quantity = names.indices ~= output ? names[output] : "prediction"
    title = "\(data.name) · \(model.network.shortDescription)"
  }
}

extension Model {
  /// The names of the outputs: the quantity of each class, or the targets.
  fileprivate func outputNames(_ data: Dataset) -> [String] {
    guard classes.isEmpty else {
      let kind = network.scoreKind(for: targetEncoding)
      return classes.namedAsClasses.map(kind.quantity)
    }
    return (targets.isEmpty ? data.targets.map(\.name) : targets).map(\.withSubscript)
  }
}

import ArgumentParser
import Glia
import GliaVisuals

/// `glia plot boundary`.
struct BoundaryPlot: PlotKind {
  static let kind = "boundary"
  static let configuration = described(
    "Plot a decision boundary or regression surface; with one input, a curve.",
    """
    For an experiment, filled points are the training set and hollow points are the test set, or the validation set if \
    there is no test set. For a CSV file, all rows are shown. Misclassified samples are crossed out.

    A model with more than two inputs is shown on the plane of the first two principal components. With --features, it is \
    shown on the plane of two features, with the others fixed at their means or at the values given with --fix. A few \
    samples far outside are left out and counted.

    Examples:
      glia plot boundary glia-output/moons/model.safetensors
      glia plot boundary model.safetensors --data new.csv --output new.png
      glia plot boundary iris.safetensors --features petal_length,petal_width --fix sepal_width=3
      glia plot boundary houses.safetensors --features area,age --fix city=Rome
    """)

  @OptionGroup(title: "Data options") var subject: ModelOptions

  @Option(help: ArgumentHelp("The two features to plot, by name.", valueName: "a,b"))
  var features: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Fix another feature at a number, or a category at one of its values; repeatable (default: the mean).",
      valueName: "feature=x"))
  var fix: [String] = []

  @OptionGroup(title: "Plot options") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    let inputs = model.featureCount
    guard features == nil || inputs > 2 else {
      throw UsageMistake(
        "a model of \(inputs.counted("input"))", at: "--features", expected: "a model with more than two inputs",
        remedy: "omit it")
    }
    guard fix.isEmpty || features != nil else {
      throw UsageMistake("--fix without --features", at: "--fix", expected: "--features as well")
    }
    let samples = try subject.samples(for: model, in: tool)
    var plotted = try model.plotted(model.classes.isEmpty ? function(of: model, samples) : boundary(of: model, samples))
    let words = [plotted.figure.subtitle, try results(of: model, samples), model.experiment.trainingInShort]
    plotted.figure.subtitle = words.filter { !$0.isEmpty }.joined(separator: " · ").typeset
    return plotted
  }

  private func boundary(of model: Model, _ samples: ModelSamples) throws -> any Figure {
    let (first, held) = try samples.firstAndHeld(for: model)
    if first.inputs.width == 1 {
      var figure = try RegressionFit(of: model, on: first, test: held)
      for (index, part) in samples.drawn.enumerated() { figure.samples[index].name = part.name }
      return figure
    }
    var figure = try DecisionBoundary(
      of: model.calibratedNetwork(), on: first, test: held, classes: model.classes,
      preprocessing: model.preprocessing, plane: first.inputs.width > 2 ? plane(of: first, for: model) : nil,
      scoreKind: model.scoreKind)
    for (index, part) in samples.drawn.enumerated() { figure.points[index].rename(part.name) }
    return figure
  }

  private func function(of model: Model, _ samples: ModelSamples) throws -> any Figure {
    let (first, held) = try samples.firstAndHeld(for: model)
    if first.inputs.width == 1 {
      var figure = try RegressionFit(
        of: model.network, on: first, test: held, preprocessing: model.preprocessing)
      for (index, part) in samples.drawn.enumerated() { figure.samples[index].name = part.name }
      return figure
    }
    var figure =
      try first.inputs.width > 2 && model.network.output.reduce(1, *) == 1
      ? RegressionSurface(
        of: model.network, on: first, test: held, preprocessing: model.preprocessing,
        plane: plane(of: first, for: model))
      : RegressionSurface(of: model.network, on: first, test: held, preprocessing: model.preprocessing)
    for (index, part) in samples.drawn.enumerated() { figure.samples[index].name = part.name }
    return figure
  }

  /// The requested plane, for a model with more than two features.
  private func plane(of data: Dataset, for model: Model) throws -> DecisionBoundary.Plane {
    guard let features else { return .principalComponents }
    let categories = (model.experiment.data as? CSV)?.categories ?? []
    let plane = try pair(features, of: data)
    var fixed = Standardization(fitting: data.inputs).mean.map { Float($0) }
    for assignment in fix { try set(assignment, in: data, categories, &fixed) }
    return .features(plane[0], plane[1], fixing: fixed)
  }

  /// Fixes a feature at a number, or a category at one of its values, each of which is a one-hot feature.
  private func set(_ assignment: String, in data: Dataset, _ categories: [String], _ fixed: inout [Float]) throws {
    if let category = categories.first(where: { assignment.hasPrefix("\($0)=") }),
      !data.inputNames.contains(where: { assignment.hasPrefix("\($0)=") })
    {
      let values = data.inputNames.indices.filter { data.inputNames[$0].hasPrefix("\(category)=") }
      guard let chosen = values.first(where: { data.inputNames[$0] == assignment }) else {
        let known = values.map { String(data.inputNames[$0].dropFirst(category.count + 1)) }
        let given = String(assignment.dropFirst(category.count + 1))
        throw UsageMistake(
          "'\(category.excerpt)' has no value '\(given.excerpt)'", at: "--fix",
          expected: "one of \(known.prefix(20).map(\.excerpt).joined(separator: ", "))",
          remedy: Suggestion.nearest(to: given, among: known).map { "did you mean '\($0.excerpt)'?" })
      }
      for value in values { fixed[value] = value == chosen ? 1 : 0 }
      return
    }
    // Split at the last sign, because names may contain it.
    guard let sign = assignment.lastIndex(of: "="), let value = Float(assignment[assignment.index(after: sign)...]),
      value.isFinite
    else {
      throw UsageMistake(
        "'\(assignment.excerpt)' is not an assignment", at: "--fix", expected: "FEATURE=NUMBER, or CATEGORY=VALUE")
    }
    fixed[try place(of: String(assignment[..<sign]), in: data, "--fix")] = value
  }

  /// The two features in `text`, separated by a comma; the names themselves may also contain commas.
  private func pair(_ text: String, of data: Dataset) throws -> [Int] {
    let halves = text.indices.filter { text[$0] == "," }.map { (text[..<$0], text[text.index(after: $0)...]) }
    let known = halves.first { data.inputNames.contains(String($0.0)) && data.inputNames.contains(String($0.1)) }
    guard let pair = known ?? halves.first, pair.0 != pair.1 else {
      throw UsageMistake(
        "'\(text.excerpt)' is not a pair of features", at: "--features", expected: "the names of two features")
    }
    return try [pair.0, pair.1].map { try place(of: String($0), in: data, "--features") }
  }

  private func place(of name: String, in data: Dataset, _ option: String) throws -> Int {
    guard let index = data.inputNames.firstIndex(of: name) else {
      throw UsageMistake(
        "no feature '\(name.excerpt)'", at: option,
        expected: "one of \(data.inputNames.prefix(20).map(\.excerpt).joined(separator: ", "))",
        remedy: Suggestion.nearest(to: name, among: data.inputNames).map { "did you mean '\($0)'?" })
    }
    return index
  }

  /// The main metric of the model for each set of points.
  private func results(of model: Model, _ samples: ModelSamples) throws -> String {
    let settings = model.experiment.training
    guard settings.loss != nil else { return "" }
    return try samples.drawn.map { "\($0.name) \(try settings.headline(model.evaluate($0.data)))" }.joined(
      separator: " · ")
  }
}

extension ModelSamples {
  /// The samples in their original units, with missing values filled in as the model does.
  fileprivate func firstAndHeld(for model: Model) throws -> (Dataset, Dataset?) {
    let filled = try drawn.map { part in
      let seen = try part.data.preprocessed(by: model.preprocessing)
      // Plots in the plane use original units if no values are lost.
      let width = model.featureCount
      let isTakenBack = model.preprocessing.steps.isEmpty && (width == 2 || width == 1 && model.classes.isEmpty)
      return isTakenBack ? seen : seen.unstandardized()
    }
    return (filled[0], filled.dropFirst().first)
  }
}

extension PointSet {
  /// Replaces the name but keeps any suffix, such as the number of points drawn.
  fileprivate mutating func rename(_ new: String) {
    self.name = new + name.drop { $0 != "," }
  }
}

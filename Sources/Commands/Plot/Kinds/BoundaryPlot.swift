import ArgumentParser
import Glia
import GliaVisuals

/// `glia plot boundary`.
struct BoundaryPlot: PlotKind {
  static let kind = "boundary"
  static let configuration = described(
    "What a model makes of the plane: classes and their boundary, or a surface; of one input, a curve.",
    """
    Of an experiment, filled points were learned from and hollow ones are its test part, or its validation part if it has \
    none; of a CSV file all rows are drawn. Wrong ones are crossed out.

    A classifier of more than two inputs is drawn on the plane along which its samples spread most, or with --features on \
    that of two of them, the others at their means or where --fix puts them.

    Examples:
      glia plot boundary glia-output/moons/model.safetensors
      glia plot boundary model.safetensors --data new.csv --output new.png
      glia plot boundary iris.safetensors --features petal_length,petal_width --fix sepal_width=3
    """)

  @OptionGroup(title: "The samples") var subject: ModelOptions

  @Option(help: ArgumentHelp("The two features of the plane, by name.", valueName: "a,b"))
  var features: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Where another feature is fixed, a category at one of its values; repeatable (default: its mean).",
      valueName: "feature=x"))
  var fix: [String] = []

  @OptionGroup(title: "The picture") var page: PageOptions

  func figure(with tool: Tool) throws -> PlottedFigure {
    let model = try subject.load(in: tool)
    let inputs = model.network.input.reduce(1, *)
    guard features == nil || inputs > 2 else {
      throw UsageMistake(
        "a model of \(inputs.counted("input"))", at: "--features", expected: "one of more than two",
        remedy: "leave it out")
    }
    guard fix.isEmpty || features != nil else {
      throw UsageMistake("there is no plane of features", at: "--fix", expected: "--features beside it")
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
      of: model.network, on: first, test: held, classes: model.classes, standardization: model.standardization,
      plane: first.inputs.width > 2
        ? plane(of: first, categories: (model.experiment.data as? CSV)?.categories ?? []) : nil
    ).decided(by: model)
    for (index, part) in samples.drawn.enumerated() { figure.points[index].rename(part.name) }
    return figure
  }

  private func function(of model: Model, _ samples: ModelSamples) throws -> any Figure {
    let (first, held) = try samples.firstAndHeld(for: model)
    if first.inputs.width == 1 {
      var figure = try RegressionFit(
        of: model.network, on: first, test: held, standardization: model.standardization)
      for (index, part) in samples.drawn.enumerated() { figure.samples[index].name = part.name }
      return figure
    }
    var figure = try RegressionSurface(
      of: model.network, on: first, test: held, standardization: model.standardization)
    for (index, part) in samples.drawn.enumerated() { figure.samples[index].name = part.name }
    return figure
  }

  /// The plane that is asked for among more than two features.
  private func plane(of data: Dataset, categories: [String]) throws -> DecisionBoundary.Plane {
    guard let features else { return .principalComponents }
    let plane = try pair(features, of: data)
    var fixed = Standardization(fitting: data.inputs).mean.map { Float($0) }
    for assignment in fix { try set(assignment, in: data, categories, &fixed) }
    return .features(plane[0], plane[1], fixing: fixed)
  }

  /// Fixes a number, or a category at one of its values, each of which is a feature of 0 or 1.
  private func set(_ assignment: String, in data: Dataset, _ categories: [String], _ fixed: inout [Float]) throws {
    if let category = categories.first(where: { assignment.hasPrefix("\($0)=") }),
      !data.inputNames.contains(where: { assignment.hasPrefix("\($0)=") })
    {
      let values = data.inputNames.indices.filter { data.inputNames[$0].hasPrefix("\(category)=") }
      guard let chosen = values.first(where: { data.inputNames[$0] == assignment }) else {
        let known = values.map { String(data.inputNames[$0].dropFirst(category.count + 1)) }
        let given = String(assignment.dropFirst(category.count + 1))
        throw UsageMistake(
          "'\(category.excerpt)' is never '\(given.excerpt)'", at: "--fix",
          expected: "one of \(known.prefix(20).map(\.excerpt).joined(separator: ", "))",
          remedy: Suggestion.nearest(to: given, among: known).map { "did you mean '\($0.excerpt)'?" })
      }
      for value in values { fixed[value] = value == chosen ? 1 : 0 }
      return
    }
    // Names may hold the sign, numbers do not.
    guard let sign = assignment.lastIndex(of: "="), let value = Float(assignment[assignment.index(after: sign)...]),
      value.isFinite
    else {
      throw UsageMistake(
        "'\(assignment.excerpt)' fixes nothing", at: "--fix", expected: "FEATURE=NUMBER, or CATEGORY=VALUE")
    }
    fixed[try place(of: String(assignment[..<sign]), in: data, "--fix")] = value
  }

  /// The two features that `text` names with a comma between them, which may be part of their names, too.
  private func pair(_ text: String, of data: Dataset) throws -> [Int] {
    let halves = text.indices.filter { text[$0] == "," }.map { (text[..<$0], text[text.index(after: $0)...]) }
    let known = halves.first { data.inputNames.contains(String($0.0)) && data.inputNames.contains(String($0.1)) }
    guard let pair = known ?? halves.first, pair.0 != pair.1 else {
      throw UsageMistake("'\(text.excerpt)' is not a plane", at: "--features", expected: "the names of two features")
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

  /// How good the model is on each set of points.
  private func results(of model: Model, _ samples: ModelSamples) throws -> String {
    let settings = model.experiment.training
    guard settings.loss != nil else { return "" }
    return try samples.drawn.map { "\($0.name) \(try settings.headline(model.evaluate($0.data)))" }.joined(
      separator: " · ")
  }
}

extension ModelSamples {
  /// The samples as they stand in the data, missing values filled in as the model fills them.
  fileprivate func firstAndHeld(for model: Model) throws -> (Dataset, Dataset?) {
    let filled = try drawn.map { part in
      let seen = try part.data.standardized(by: model.standardization)
      // Pictures of the plane itself take features back where that loses no values.
      let isTakenBack = seen.inputs.width == 2 || seen.inputs.width == 1 && model.classes.isEmpty
      return isTakenBack ? seen : seen.unstandardized()
    }
    return (filled[0], filled.dropFirst().first)
  }
}

extension PointSet {
  /// Another name, with what stands behind the former one, such as how many are drawn.
  fileprivate mutating func rename(_ new: String) {
    self.name = new + name.drop { $0 != "," }
  }
}

import ArgumentParser
import Glia
import GliaVisuals

/// `glia importance`.
struct ImportanceCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "importance",
    abstract: "Measure how much a trained model relies on each of its inputs.",
    discussion: """
      Permutation importance (Breiman, 2001): by how much the loss rises, or a metric becomes worse, when one input is \
      shuffled among the samples. The 95 % interval is that of the mean over the repeats (Student's t). The features of a \
      category are shuffled together. Inputs that are correlated with each other can seem unimportant; a warning names \
      them. It shows what the model uses, which need not be what causes the target.

      For an experiment, uses its test set, or else its validation set, or else its training set. For a CSV file, uses all \
      rows. A note on standard error says which.

      Examples:
        glia importance glia-output/flowers/model.safetensors
        glia importance model.safetensors --data test.csv --metric r2_score --repeats 30
        glia importance model.safetensors --output importance.png --json
      """)

  @OptionGroup(title: "Data options") var subject: ModelOptions
  @OptionGroup var options: ImportanceOptions

  @Option(
    help: ArgumentHelp("Also draw the bars into this PNG file.", valueName: "file"),
    completion: .file(extensions: ["png"]))
  var output: String?

  @Flag(help: "Print a JSON object with the change of every repeat.")
  var json = false

  func validate() throws {
    if let output, !output.lowercased().hasSuffix(".png") {
      throw ValidationError("--output '\(output.excerpt)' is not the name of a PNG file: it must end in .png.")
    }
  }

  func run(with tool: Tool) throws {
    if let output { try AtomicFile.check(output) }
    let model = try subject.load(in: tool)
    let samples = try subject.samples(for: model, in: tool).measured
    for warning in samples.data.warnings { Console.note("warning: \(warning)") }
    let importance = try options.measure(model, on: samples.data, in: tool)
    Console.note("note: measured \(samples.description)")
    if let output {
      try OutputFile.refuseInput(output)
      try model.importanceFigure(importance, of: samples).write(to: output)
    }
    guard json else { return try Console.write(importance.table + "\n") }
    let text = importance.json(seed: options.seed).text() + "\n"
    try Array(text.utf8).withUnsafeBytes { try Console.write(data: $0) }
  }
}

extension Model {
  /// The bars of measured importances.
  func importanceFigure(_ importance: PermutationImportance, of samples: ModelSamples.Part) throws -> any Figure {
    var figure = PermutationImportancePlot(importance)
    figure.title = "\(samples.titled.name) · \(network.shortDescription)"
    return try plotted(figure).figure
  }
}

extension PermutationImportance {
  /// The inputs with their importance, and the measure without shuffling.
  var table: String {
    func number(_ value: Double) -> String { value.brief(unit: unit) }
    let rows = inputs.map { input in
      [
        input.name.excerpt, number(input.mean),
        input.interval.map { "\(number($0.lowerBound)) … \(number($0.upperBound))" } ?? "",
      ]
    }
    let table = TextTable(
      header: ["input", quantity, "95 % interval"], alignment: [.left, .right, .right], rows: rows)
    return "\(table)\n\n\(measure) \(number(base)) without shuffling; each input shuffled \(repeats.counted("time"))"
  }

  func json(seed: UInt64) -> JSON {
    func number(_ value: Double?) -> JSON { value.flatMap { $0.isFinite ? JSON($0) : nil } ?? .null }
    return [
      "measure": .string(measure), "higher_is_better": .bool(higherIsBetter), "base": number(base),
      "samples": JSON(samples), "repeats": JSON(repeats), "seed": .number("\(seed)"),
      "inputs": .array(
        inputs.map { input in
          [
            "name": .string(input.name), "importance": number(input.mean), "low": number(input.interval?.lowerBound),
            "high": number(input.interval?.upperBound), "changes": .array(input.changes.map { number($0) }),
          ]
        }),
      "correlated": .array(
        correlated.map { pair in
          ["features": .array([.string(pair.first), .string(pair.second)]), "correlation": number(pair.correlation)]
        }),
    ]
  }
}

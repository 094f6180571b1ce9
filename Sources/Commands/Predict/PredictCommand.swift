import ArgumentParser
import Glia

/// `glia predict`.
struct PredictCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Apply a trained model to the rows of a CSV file.",
    discussion: """
      The file needs a header and every column that the model learned from, in any order; other columns are passed over. \
      The predictions are CSV with one row for each: for classes, 'class' and the probability 'p_CLASS' of each (a 'score' \
      where a loss such as hinge gives no probabilities); for regression, the names of the targets. The file is read piece \
      by piece, so it may be larger than memory, or a pipe; - stands for standard input and standard output.

      Examples:
        glia predict model.safetensors --data new.csv
        glia predict model.safetensors --data new.csv --output predictions.csv
        zcat new.csv.gz | glia predict model.safetensors --data -
      """)

  @Argument(help: "A model.safetensors, or the folder of a run.", completion: .file(extensions: ["safetensors"]))
  var model: String

  @Option(help: ArgumentHelp("A CSV file with the model's features.", valueName: "file"), completion: .file())
  var data: String

  @Option(
    help: ArgumentHelp("Where the predictions go (default: standard output).", valueName: "file"), completion: .file())
  var output: String?

  /// How many rows are predicted at once.
  private static let piece = 4096

  func run(with tool: Tool) throws {
    let model = try Model(contentsOf: OutputFolder.file("model.safetensors", at: model), with: tool.registry)
    let columns = try PredictionColumns(for: model)
    let file = try OutputFile(output)
    var rows = try CSVFeatureRows(path: data, columns: model.columns, like: model.experiment.data as? CSV ?? CSV())
    // Mistakes in the first piece are found before anything is written.
    var (done, next) = (0, try lines(of: rows.next(Self.piece), after: 0, columns, model))
    func predictAll(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
      try columns.header.map(CSVText.quoted).joined(separator: ",").appending("\n").write(with: write)
      while let lines = next {
        try lines.write(with: write)
        done += Self.piece
        next = try self.lines(of: rows.next(Self.piece), after: done, columns, model)
      }
    }
    try file.write(predictAll)
  }
}

extension PredictCommand {
  /// The lines for a piece of the rows, the first of which follows `done` others.
  private func lines(of piece: Dataset?, after done: Int, _ columns: PredictionColumns, _ model: Model) throws
    -> String?
  {
    guard let piece else { return nil }
    let outputs = try model.outputs(for: piece)
    try require(finite: outputs, after: done)
    return columns.lines(outputs)
  }

  /// What is not finite is not a prediction, and must not be taken for one.
  private func require(finite outputs: Tensor, after rows: Int) throws {
    guard let bad = outputs.values.firstIndex(where: { !$0.isFinite }) else { return }
    throw GliaError(
      "the outputs for row \((rows + bad / outputs.width + 1).grouped) are not finite", at: data.visible(limit: 4096),
      expected: "numbers",
      remedy: "its features may lie far from those that were learned from; if every row has none, train the model anew")
  }
}

extension String {
  fileprivate func write(with write: (UnsafeRawBufferPointer) throws -> Void) throws {
    try Array(utf8).withUnsafeBytes { try write($0) }
  }
}

import ArgumentParser
import Glia

/// `glia predict`.
struct PredictCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Apply a trained model to the rows of a CSV file.",
    discussion: """
      The file needs a header and all of the model's feature columns, in any order; other columns are ignored.

      Writes CSV with one row per input row. A classifier gives 'class' and a probability 'p_CLASS' for each class (or a \
      'score', for losses such as hinge that do not give probabilities); a regression gives one column per target. The \
      file is read in chunks, so it can be larger than memory, or a pipe. Use - for standard input or output.

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
    help: ArgumentHelp("Output file (default: standard output).", valueName: "file"), completion: .file())
  var output: String?

  /// The number of rows to predict at once.
  private static let piece = 4096

  func run(with tool: Tool) throws {
    let model = try Model(contentsOf: OutputFolder.file("model.safetensors", at: model), with: tool.registry)
    let columns = try PredictionColumns(for: model)
    let file = try OutputFile(output)
    var rows = try CSVFeatureRows(path: data, columns: model.columns, like: model.experiment.data as? CSV ?? CSV())
    // Errors in the first chunk are found before anything is written.
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
  /// The lines for a chunk of rows that follows `done` earlier rows.
  private func lines(of piece: Dataset?, after done: Int, _ columns: PredictionColumns, _ model: Model) throws
    -> String?
  {
    guard let piece else { return nil }
    let outputs = try model.outputs(for: piece)
    try require(finite: outputs, after: done)
    return columns.lines(outputs)
  }

  /// Throws if an output is not finite, because it is not a meaningful prediction.
  private func require(finite outputs: Tensor, after rows: Int) throws {
    guard let bad = outputs.values.firstIndex(where: { !$0.isFinite }) else { return }
    throw GliaError(
      "the outputs for row \((rows + bad / outputs.width + 1).grouped) are not finite", at: data.visible(limit: 4096),
      expected: "numbers",
      remedy: "its features may be far outside the training data; if all rows fail, retrain the model")
  }
}

extension String {
  fileprivate func write(with write: (UnsafeRawBufferPointer) throws -> Void) throws {
    try Array(utf8).withUnsafeBytes { try write($0) }
  }
}

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
      by piece, so it may be larger than memory.

      Examples:
        glia predict model.safetensors --data new.csv
        glia predict model.safetensors --data new.csv --output predictions.csv
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
    var rows = try CSVFeatureRows(path: data, columns: model.columns, like: model.experiment.data as? CSV ?? CSV())
    // Mistakes in the first piece are found before anything is written.
    var next = try rows.next(Self.piece)
    func predictAll(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
      try columns.header.map(CSVText.quoted).joined(separator: ",").appending("\n").write(with: write)
      var done = 0
      while let piece = next {
        let outputs = try model.predict(piece)
        try require(finite: outputs, after: done)
        done += piece.count
        try columns.lines(outputs).write(with: write)
        next = try rows.next(Self.piece)
      }
    }
    if let output {
      try AtomicFile.write(to: output, pieces: predictAll)
    } else {
      try predictAll { try Console.write(data: $0) }
    }
  }
}

extension PredictCommand {
  /// What is not finite is no prediction, and must not be taken for one.
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

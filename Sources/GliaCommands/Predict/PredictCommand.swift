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
      'score', for losses such as hinge that do not give probabilities); a regression gives one column per target, \
      and 'TARGET_low' and 'TARGET_high' if the model has intervals. Classes are decided by the model's threshold. The \
      file is read in chunks, so it can be larger than memory, compressed with gzip, or a pipe. Use - for standard input \
      or output. A row with an invalid cell gets an empty prediction and a note on standard error.

      With --samples N, each prediction is the mean of N passes with random dropout; with --deviation, it is the mean of \
      the members of an ensemble, as always. Both add the spread, for an ensemble before calibration: 'TARGET_deviation', \
      the standard deviation in the target's unit (divisor N), or for probabilities the 'entropy' of the mean and the \
      'mutual_information', the part of the entropy that comes from disagreement, both in nats.

      Examples:
        glia predict model.safetensors --data new.csv
        glia predict model.safetensors --data new.csv --output predictions.csv
        glia predict model.safetensors --data new.csv.gz --strict
        glia predict dropout.safetensors --data new.csv --samples 100 --seed 1
        glia predict ensemble.safetensors --data new.csv --deviation
      """)

  @Argument(help: "A model.safetensors, or the folder of a run.", completion: .file(extensions: ["safetensors"]))
  var model: String

  @Option(help: ArgumentHelp("A CSV file with the model's features.", valueName: "file"), completion: .file())
  var data: String

  @Option(
    help: ArgumentHelp("Output file (default: standard output).", valueName: "file"), completion: .file())
  var output: String?

  @Flag(help: "Reject the file if a row is invalid, instead of leaving its prediction empty.")
  var strict = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Sample N passes with random dropout, and add the spread of the predictions.", valueName: "n"))
  var samples: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Seed of --samples (default: 0).", valueName: "n"))
  var seed: UInt64?

  @Flag(help: "Add the spread of the predictions of an ensemble's members.")
  var deviation = false

  func validate() throws {
    guard samples == nil || !deviation else {
      throw ValidationError("--samples and --deviation are mutually exclusive.")
    }
    guard seed == nil || samples != nil else { throw ValidationError("--seed needs --samples.") }
  }

  /// The number of rows to predict at once.
  private static let piece = 4096

  func run(with tool: Tool) throws {
    let model = try Model(contentsOf: OutputFolder.file("model.safetensors", at: model), with: tool.registry)
    let uncertainty = try Uncertainty(for: model, samples: samples, seed: seed, deviation: deviation)
    let columns = try PredictionColumns(for: model, uncertainty)
    if model.experiment.training.loss == nil, model.classes.isEmpty {
      Console.note(
        "note: the model names neither a loss nor classes, so its outputs are written as they are; in Swift, write "
          + #"training.model, or add model.classes = ["no", "yes"]"#)
    }
    let file = try OutputFile(output)
    var rows = try CSVFeatureRows(path: data, columns: model.columns, like: model.experiment.data as? CSV ?? CSV())
    var gaps = PredictionGaps()
    // Errors in the first chunk are found before anything is written.
    var next = try lines(of: next(of: &rows), columns, &gaps)
    func predictAll(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
      try columns.header.map(CSVText.quoted).joined(separator: ",").appending("\n").write(with: write)
      while let lines = next {
        try lines.write(with: write)
        next = try self.lines(of: self.next(of: &rows), columns, &gaps)
      }
    }
    try file.write(predictAll)
    gaps.note()
    if let note = rows.note { Console.note("note: \(note)") }
  }
}

extension PredictCommand {
  private func next(of rows: inout CSVFeatureRows) throws -> CSVFeatureRows.Piece? {
    guard strict else { return try rows.nextPiece(Self.piece) }
    return try rows.next(Self.piece).map { CSVFeatureRows.Piece(count: $0.count, samples: $0, errors: [:]) }
  }

  /// The lines for a chunk of rows, empty for those without a prediction.
  private func lines(
    of piece: CSVFeatureRows.Piece?, _ columns: PredictionColumns, _ gaps: inout PredictionGaps
  ) throws -> String? {
    guard let piece else { return nil }
    let predictions = try piece.samples.map { try columns.predict($0, first: gaps.predicted) }
    gaps.predicted += piece.samples?.count ?? 0
    var (text, valid) = ("", 0)
    for row in 0..<piece.count {
      var error = piece.errors[row]
      if error == nil, let predictions {
        error =
          columns.areFinite(predictions.outputs[row: valid])
          ? nil : try notFinite(gaps.rows + row, columns.model, piece.samples?.part([valid]))
        text += error == nil ? predictions.lines[valid] : columns.empty
        valid += 1
      } else {
        text += columns.empty
      }
      guard let error else { continue }
      if strict { throw error }
      gaps.add(error, row: gaps.rows + row)
    }
    gaps.rows += piece.count
    // If not a single row is valid, this is the wrong file.
    if gaps.count == gaps.rows, let first = gaps.first { throw first }
    return text
  }

  private func notFinite(_ row: Int, _ model: Model, _ sample: Dataset?) throws -> GliaError {
    let undefined = try sample.flatMap { sample in
      try model.preprocessing.undefinedValue(in: sample) { _ in
        "\(data.visible(limit: 4096)), row \((row + 1).grouped)"
      }
    }
    return undefined
      ?? GliaError(
        "the outputs for row \((row + 1).grouped) are not finite", at: data.visible(limit: 4096), expected: "numbers",
        remedy: "its features may be far outside the training data; if all rows fail, retrain the model")
  }
}

/// The rows without a prediction, which are reported but do not affect the others.
private struct PredictionGaps {
  /// The number of rows so far.
  var rows = 0
  /// The number of samples that the model has predicted.
  var predicted = 0
  private(set) var count = 0
  private(set) var first: GliaError?
  /// The number of rows that are reported with their error.
  private static let most = 10

  mutating func add(_ error: GliaError, row: Int) {
    count += 1
    first = first ?? error
    guard count <= Self.most else { return }
    Console.note(
      "note: no prediction for row \((row + 1).grouped): \(error.what)" + (error.place.map { " (\($0))" } ?? ""))
  }

  /// Reports how many rows have no prediction.
  func note() {
    guard count > 0 else { return }
    Console.note("note: \(count.grouped) of \(rows.counted("row")) without a prediction; --strict rejects such files")
  }
}

extension String {
  fileprivate func write(with write: (UnsafeRawBufferPointer) throws -> Void) throws {
    try Array(utf8).withUnsafeBytes { try write($0) }
  }
}

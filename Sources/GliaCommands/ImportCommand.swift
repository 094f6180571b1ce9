import ArgumentParser
import Glia
import GliaExchange

/// `glia import`.
struct ImportCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Convert a network of another tool to a model.",
    discussion: """
      Reads an ONNX file, as PyTorch (torch.onnx.export with external_data=False), Keras (tf2onnx) and scikit-learn (skl2onnx) write it, and \
      writes a model that all other commands take. The network must be feed-forward, without convolutions.

      Examples:
        glia import network.onnx --output model.safetensors
        glia predict model.safetensors --data new.csv
      """)

  @Argument(help: "An ONNX file.", completion: .file(extensions: ["onnx"]))
  var file: String

  @Option(help: ArgumentHelp("The model to write.", valueName: "file"), completion: .file(extensions: ["safetensors"]))
  var output: String

  func run(with tool: Tool) throws {
    try AtomicFile.check(output)
    var model = try InputFile.withBytes(file) { try Model(onnx: $0) }
    model.experiment.name = Paths.name(of: file)
    try OutputFile.refuseInput(output)
    try model.write(to: output)
    try Console.write("\(output.excerpt): \(summary(model))\n")
  }

  private func summary(_ model: Model) -> String {
    let network = model.network
    let outputs =
      model.classes.isEmpty
      ? network.output.reduce(1, *).counted("output") : model.classes.count.counted("class", plural: "classes")
    return [
      network.architecture, network.layers.count.counted("layer"), network.parameterCount.counted("parameter"),
      model.featureCount.counted("input") + (model.preprocessing.isEmpty ? "" : " (\(model.preprocessing.effect))"),
      outputs,
    ].joined(separator: ", ")
  }
}

extension InputFile {
  /// Runs `body` with the bytes of a file; the place of an error is within the file.
  static func withBytes<Result>(_ path: String, _ body: ([UInt8]) throws -> Result) throws -> Result {
    let file = try RegularFile(path)
    try Memory.require(floats: file.size / 4, for: "the file", share: 0.1, at: path.excerpt)
    let bytes = try file.read(upTo: file.size)
    do { return try body(bytes) } catch var error as GliaError {
      error.place = [path.excerpt, error.place].compactMap(\.self).joined(separator: ": ")
      throw error
    }
  }
}

import ArgumentParser
import Glia
import GliaExchange

/// `glia export`.
struct ExportCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a model for another tool, or as source code.",
    discussion: """
      Preprocessing, target scaling and class names are included. Several formats can be written at once.

      Examples:
        glia export glia-output/moons/model.safetensors --onnx moons.onnx
        glia export glia-output/moons --swift Moons.swift --c moons.c --html moons.html
      """)

  @Argument(help: "A model.safetensors, or a training folder.", completion: .file())
  var model: String

  @Option(help: ArgumentHelp("Write an ONNX file.", valueName: "file"), completion: .file(extensions: ["onnx"]))
  var onnx: String?

  @Option(
    help: ArgumentHelp(
      "Write the weights for nn.Sequential of PyTorch, and to standard output the Python that loads them.",
      valueName: "file"), completion: .file(extensions: ["safetensors"]))
  var torch: String?

  func run(with tool: Tool) throws {
    let formats: [(path: String?, content: (Model) throws -> [UInt8])] = [
      (onnx, { try $0.onnx().bytes }),
      (torch, { try TorchWeights($0).file.bytes() }),
    ]
    let wanted = formats.compactMap { format in format.path.map { (path: $0, content: format.content) } }
    guard !wanted.isEmpty else {
      throw UsageMistake(
        "no format is given", expected: "at least one of --onnx and --torch", remedy: "see glia help export")
    }
    let files = try wanted.map { (file: try OutputFile($0.path), path: $0.path, content: $0.content) }
    let model = try Model(contentsOf: OutputFolder.file("model.safetensors", at: self.model), with: tool.registry)
    for (file, path, content) in files {
      let bytes = try content(model)
      try file.write { write in try bytes.withUnsafeBytes(write) }
      if path != "-" { Console.note("\(path.excerpt): \(bytes.count.grouped) bytes") }
    }
    if let torch { try Console.write(TorchWeights(model).python(loading: torch)) }
  }
}

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

  @Option(help: ArgumentHelp("Write Swift source without dependencies.", valueName: "file"), completion: .file())
  var swift: String?

  @Option(help: ArgumentHelp("Write C99 source without dependencies.", valueName: "file"), completion: .file())
  var c: String?

  @Option(
    help: ArgumentHelp("Write a web page with sliders for the inputs.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  func run(with tool: Tool) throws {
    let formats: [(path: String?, content: (Model) throws -> [UInt8])] = [
      (onnx, { try $0.onnx().bytes }),
      (torch, { try TorchWeights($0).file.bytes() }),
      (swift, { try Array($0.swiftSource(name: name(of: $0)).utf8) }),
      (c, { try Array($0.cSource(name: name(of: $0)).utf8) }),
      (html, { try Array($0.htmlPage().utf8) }),
    ]
    let wanted = formats.compactMap { format in format.path.map { (path: $0, content: format.content) } }
    guard !wanted.isEmpty else {
      throw UsageMistake(
        "no format is given", expected: "at least one of --onnx, --torch, --swift, --c and --html",
        remedy: "see glia help export")
    }
    let paths = wanted.map { $0.path == "-" ? "-" : Paths.absolute($0.path) }
    if let double = paths.indices.first(where: { paths[..<$0].contains(paths[$0]) }) {
      throw UsageMistake(
        "two formats for one file", at: wanted[double].path.excerpt, expected: "a different file for each format")
    }
    let files = try wanted.map { (file: try OutputFile($0.path), path: $0.path, content: $0.content) }
    let model = try Model(contentsOf: OutputFolder.file("model.safetensors", at: self.model), with: tool.registry)
    // A format that the model cannot be written in leaves no other file behind.
    let contents = try files.map { try $0.content(model) }
    for ((file, path, _), bytes) in zip(files, contents) {
      try file.write { write in try bytes.withUnsafeBytes(write) }
      if path != "-" { Console.note("\(path.excerpt): \(bytes.count.grouped) bytes") }
    }
    if let torch { try Console.write(TorchWeights(model).python(loading: torch)) }
  }

  /// What the names in source code start with: the experiment's name, or that of the model's file.
  private func name(of model: Model) -> String {
    model.experiment.name.isEmpty ? Paths.name(of: self.model) : model.experiment.name
  }
}

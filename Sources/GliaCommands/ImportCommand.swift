import ArgumentParser
import Glia
import GliaExchange

/// `glia import`.
struct ImportCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Convert a network of another tool to a model.",
    discussion: """
      Reads an ONNX file, as PyTorch (torch.onnx.export), Keras (tf2onnx) and scikit-learn (skl2onnx) write it, and writes \
      a model that all other commands take. The network must be feed-forward, without convolutions. Weights in a second \
      file are read if it is in the same folder.

      Most exporters leave out the names of columns and classes; --columns, --classes and --targets add them.

      Examples:
        glia import network.onnx --output model.safetensors
        glia import iris.onnx --columns sepal,petal --classes setosa,virginica --output iris.safetensors
        glia predict model.safetensors --data new.csv
      """)

  @Argument(help: "An ONNX file.", completion: .file(extensions: ["onnx"]))
  var file: String

  @Option(help: ArgumentHelp("The model to write.", valueName: "file"), completion: .file(extensions: ["safetensors"]))
  var output: String

  @Option(help: ArgumentHelp("The names of the features, in order.", valueName: "name,..."))
  var columns: String?

  @Option(help: ArgumentHelp("The names of the classes, in order.", valueName: "name,..."))
  var classes: String?

  @Option(help: ArgumentHelp("The names of the targets, in order.", valueName: "name,..."))
  var targets: String?

  func run(with tool: Tool) throws {
    try AtomicFile.check(output)
    let onnx = try ONNXModel(contentsOf: file)
    var model = try GliaError.locating(file: file) { try Model(onnx: onnx) }
    model.experiment.name = Paths.name(of: file)
    try rename(&model)
    try OutputFile.refuseInput(output)
    try model.write(to: output)
    try Console.write("\(output.excerpt): \(summary(model))\n")
  }

  /// Sets the names of the options, of which there must be as many as the model has.
  private func rename(_ model: inout Model) throws {
    func names(_ list: String?, _ option: String, _ count: Int) throws -> [String]? {
      guard let list else { return nil }
      let names = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard names.count == count, Set(names).count == count, !names.contains("") else {
        throw UsageMistake(
          "\(names.count.counted("name")) for a model with \(count)", at: option,
          expected: count == 0 ? "no names" : "\(count.counted("different name")), separated by commas")
      }
      return names
    }
    let targetCount = model.classes.isEmpty ? model.network.output.reduce(1, *) : 1
    model.columns = try names(columns, "--columns", model.columns.count) ?? model.columns
    model.classes = try names(classes, "--classes", model.classes.count) ?? model.classes
    model.targets = try names(targets, "--targets", targetCount) ?? model.targets
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

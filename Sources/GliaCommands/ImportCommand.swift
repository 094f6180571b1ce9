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

  @Option(help: ArgumentHelp("The names of the columns, in order.", valueName: "name,..."))
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
    let owners = model.inputNames
    var unique = Set<String>()
    let inputs = owners.filter { unique.insert($0).inserted }
    if let names = try names(columns, "--columns", inputs.count) {
      let new = Dictionary(zip(inputs, names)) { first, _ in first }
      model.rename(new)
      guard model.inputNames == owners.map({ new[$0] ?? $0 }) else {
        throw UsageMistake(
          "a column is called like a value of a category", at: "--columns",
          expected: "names that do not begin with that of a category and =")
      }
    }
    model.classes = try names(classes, "--classes", model.classes.count) ?? model.classes
    model.targets = try names(targets, "--targets", targetCount) ?? model.targets
    if var source = model.experiment.data as? CSV, !model.targets.isEmpty {
      source.target = ColumnNames(model.targets)
      model.experiment.data = source
    }
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

extension Model {
  /// The column that each feature comes from: itself, or a category.
  fileprivate var inputNames: [String] { experiment.data?.columns(ofFeatures: columns) ?? columns }

  /// Changes the names of columns, also in the features for the values of categories.
  fileprivate mutating func rename(_ new: [String: String]) {
    columns = zip(columns, inputNames).map { feature, column in
      (new[column] ?? column) + feature.dropFirst(column.count)
    }
    guard var source = experiment.data as? CSV else { return }
    source.categories = source.categories.map { new[$0] ?? $0 }
    experiment.data = source
  }
}

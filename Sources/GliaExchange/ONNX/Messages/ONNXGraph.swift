import Glia

/// The graph of an ONNX model: nodes in the order of computation, and the values between them, by name.
public struct ONNXGraph: Hashable, Sendable {
  /// The name.
  public var name = ""
  /// The nodes; each one uses only inputs, initializers and outputs of nodes before it.
  public var nodes: [ONNXNode] = []
  /// Constant tensors by their names, such as weights.
  public var initializers: [ONNXTensor] = []
  /// The inputs. Old files also list the initializers here.
  public var inputs: [ONNXValueInfo] = []
  /// The outputs.
  public var outputs: [ONNXValueInfo] = []
  /// The types of other values, as far as they are noted.
  public var values: [ONNXValueInfo] = []
  /// A description for people.
  public var documentation = ""

  /// Creates an empty graph.
  public init() {}

  /// How many numbers its constants have.
  var size: Int {
    let constants = nodes.flatMap(\.attributes).map(\.value)
    return initializers.reduce(0) { $0 + $1.count } + constants.reduce(0) { $0 + $1.count }
  }

  /// More than any network has.
  private static let mostNodes = 100_000
}

extension ONNXGraph: ProtobufMessage {
  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: nodes.append(try field.message())
    case 2: name = try field.text()
    case 5: initializers.append(try ONNXTensorFields(field.content()).tensor())
    case 10: documentation = try field.text()
    case 11: inputs.append(try field.message())
    case 12: outputs.append(try field.message())
    case 13: values.append(try field.message())
    case 15:
      throw GliaError(
        "the graph has a sparse initializer", expected: "dense tensors", remedy: "export the model with dense tensors")
    default: break
    }
    let count = max(nodes.count, initializers.count, inputs.count, outputs.count, values.count)
    guard count <= Self.mostNodes else {
      throw GliaError(
        "the graph has too many nodes or values", expected: "at most \(Self.mostNodes.grouped) of each",
        remedy: "export a smaller network")
    }
  }

  func write(to writer: inout ProtobufWriter) {
    writer.write(nodes, as: 1)
    writer.write(optional: name, as: 2)
    writer.write(initializers, as: 5)
    writer.write(optional: documentation, as: 10)
    writer.write(inputs, as: 11)
    writer.write(outputs, as: 12)
    writer.write(values, as: 13)
  }
}

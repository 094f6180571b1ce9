import Glia
import OrderedCollections

/// An ONNX model: a graph of operators, and what was noted about it.
///
/// Source: "Open Neural Network Exchange, intermediate representation specification" (2017), onnx.proto.
public struct ONNXModel: Hashable, Sendable {
  /// A set of operators and its version.
  public struct OperatorSet: Hashable, Sendable {
    /// The domain; empty for ONNX's own operators, `ai.onnx.ml` for those of classical machine learning.
    public var domain = ""
    /// The version.
    public var version: Int64 = 0

    /// Creates an operator set.
    public init(domain: String = "", version: Int64) { (self.domain, self.version) = (domain, version) }
  }

  /// The version of the file format.
  public var irVersion: Int64 = 8
  /// The operator sets that the graph uses.
  public var operatorSets: [OperatorSet] = []
  /// The program that wrote the model.
  public var producerName = ""
  /// The version of that program.
  public var producerVersion = ""
  /// The domain of the model, such as `com.example`.
  public var domain = ""
  /// The version of the model.
  public var modelVersion: Int64 = 0
  /// A description for people.
  public var documentation = ""
  /// The graph.
  public var graph = ONNXGraph()
  /// Properties by their names.
  public var metadata: OrderedDictionary<String, String> = [:]

  /// Creates an empty model.
  public init() {}

  /// Reads the bytes of a file.
  ///
  /// Fields that are not described here, such as a graph within an attribute, are ignored.
  /// - Throws: `GliaError` if they are not those of an ONNX file.
  public init(_ bytes: [UInt8]) throws {
    try self.init(bytes[...])
    guard !graph.nodes.isEmpty || !graph.outputs.isEmpty else {
      throw GliaError(
        "this is not an ONNX file, or its graph is empty", expected: "an ONNX file with a graph",
        remedy: "check that this is the right file")
    }
  }
}

extension ONNXModel: ProtobufMessage {
  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: irVersion = try field.int()
    case 2: producerName = try field.text()
    case 3: producerVersion = try field.text()
    case 4: domain = try field.text()
    case 5: modelVersion = try field.int()
    case 6: documentation = try field.text()
    case 7: graph = try field.message()
    case 8: operatorSets.append(try field.message())
    case 14:
      let property: ONNXProperty = try field.message()
      metadata[property.key] = property.value
    default: break
    }
  }

  func write(to writer: inout ProtobufWriter) {
    writer.write(irVersion, as: 1)
    writer.write(optional: producerName, as: 2)
    writer.write(optional: producerVersion, as: 3)
    writer.write(optional: domain, as: 4)
    if modelVersion != 0 { writer.write(modelVersion, as: 5) }
    writer.write(optional: documentation, as: 6)
    writer.write(graph, as: 7)
    writer.write(operatorSets, as: 8)
    writer.write(metadata.map { ONNXProperty($0, $1) }, as: 14)
  }

  /// The model as the bytes of a file.
  public var bytes: [UInt8] {
    var writer = ProtobufWriter()
    write(to: &writer)
    return writer.bytes
  }
}

extension ONNXModel.OperatorSet: ProtobufMessage {
  init() {}

  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: domain = try field.text()
    case 2: version = try field.int()
    default: break
    }
  }

  func write(to writer: inout ProtobufWriter) {
    writer.write(optional: domain, as: 1)
    writer.write(version, as: 2)
  }
}

/// A name with a text: a property of a model.
struct ONNXProperty: ProtobufMessage {
  private(set) var key = ""
  private(set) var value = ""

  init() {}
  init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }

  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: key = try field.text()
    case 2: value = try field.text()
    default: break
    }
  }

  func write(to writer: inout ProtobufWriter) {
    writer.write(key, as: 1)
    writer.write(value, as: 2)
  }
}

/// A node of an ONNX graph: an operator applied to values.
public struct ONNXNode: Hashable, Sendable {
  /// The operator, such as `Gemm`.
  public var operation = ""
  /// The names of its inputs; an optional one that is missing is empty.
  public var inputs: [String] = []
  /// The names of its outputs.
  public var outputs: [String] = []
  /// The name of the node; may be empty.
  public var name = ""
  /// The domain of the operator; empty for ONNX's own ones.
  public var domain = ""
  /// The attributes.
  public var attributes: [ONNXAttribute] = []

  /// Creates an empty node.
  public init() {}

  /// Creates a node that applies `operation`.
  public init(
    _ operation: String, _ inputs: [String], _ outputs: [String], name: String = "", domain: String = "",
    attributes: [ONNXAttribute] = []
  ) {
    (self.operation, self.inputs, self.outputs) = (operation, inputs, outputs)
    (self.name, self.domain, self.attributes) = (name, domain, attributes)
  }

  /// The value of the attribute with that name; nil if it is missing.
  public subscript(name: String) -> ONNXAttribute.Value? { attributes.first { $0.name == name }?.value }
}

extension ONNXNode: ProtobufMessage {
  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: inputs.append(try field.text())
    case 2: outputs.append(try field.text())
    case 3: name = try field.text()
    case 4: operation = try field.text()
    case 5: attributes.append(try ONNXAttributeFields(field.content()).attribute)
    case 7: domain = try field.text()
    default: break
    }
  }

  func write(to writer: inout ProtobufWriter) {
    writer.write(inputs, as: 1)
    writer.write(outputs, as: 2)
    writer.write(optional: name, as: 3)
    writer.write(operation, as: 4)
    writer.write(attributes, as: 5)
    writer.write(optional: domain, as: 7)
  }
}

/// The name and the type of a value of an ONNX graph.
public struct ONNXValueInfo: Hashable, Sendable {
  /// The length of an axis.
  public enum Dimension: Hashable, Sendable {
    /// A known length.
    case length(Int64)
    /// A length with a name, such as `batch`.
    case named(String)
    /// An unknown length.
    case unknown
  }

  /// The name.
  public var name = ""
  /// The type of the elements; nil if the value is not a tensor, or its type is not supported.
  public var type: ONNXNumberType?
  /// The lengths of the axes; nil if the shape is unknown.
  public var shape: [Dimension]?

  /// Creates a value without name and type.
  public init() {}
  /// Creates a value.
  public init(_ name: String, type: ONNXNumberType?, shape: [Dimension]?) {
    (self.name, self.type, self.shape) = (name, type, shape)
  }
}

extension ONNXValueInfo: ProtobufMessage {
  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: name = try field.text()
    case 2:
      let type: ONNXType = try field.message()
      self.type = type.tensor.flatMap { ONNXNumberType(rawValue: $0.elements) }
      shape = type.tensor?.shape?.axes.map(\.length)
    default: break
    }
  }

  func write(to writer: inout ProtobufWriter) {
    writer.write(name, as: 1)
    guard let type else { return }
    let shape = shape.map { ONNXShape(axes: $0.map { ONNXAxis(length: $0) }) }
    writer.write(ONNXType(tensor: ONNXTensorType(elements: type.rawValue, shape: shape)), as: 2)
  }
}

/// The type of a value. Sequences and maps are not read.
private struct ONNXType: ProtobufMessage {
  var tensor: ONNXTensorType?

  mutating func read(_ field: ProtobufField) throws { if field.number == 1 { tensor = try field.message() } }
  func write(to writer: inout ProtobufWriter) { if let tensor { writer.write(tensor, as: 1) } }
}

private struct ONNXTensorType: ProtobufMessage {
  var elements: Int64 = 0
  var shape: ONNXShape?

  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: elements = try field.int()
    case 2: shape = try field.message()
    default: break
    }
  }

  func write(to writer: inout ProtobufWriter) {
    writer.write(elements, as: 1)
    if let shape { writer.write(shape, as: 2) }
  }
}

private struct ONNXShape: ProtobufMessage {
  var axes: [ONNXAxis] = []

  mutating func read(_ field: ProtobufField) throws { if field.number == 1 { axes.append(try field.message()) } }
  func write(to writer: inout ProtobufWriter) { writer.write(axes, as: 1) }
}

private struct ONNXAxis: ProtobufMessage {
  var length = ONNXValueInfo.Dimension.unknown

  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: length = .length(try field.int())
    case 2: length = .named(try field.text())
    default: break
    }
  }

  func write(to writer: inout ProtobufWriter) {
    switch length {
    case .length(let length): writer.write(length, as: 1)
    case .named(let name): writer.write(name, as: 2)
    case .unknown: break
    }
  }
}

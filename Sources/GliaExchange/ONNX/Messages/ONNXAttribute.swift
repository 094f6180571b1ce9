/// An attribute of an ONNX node: a constant by name.
public struct ONNXAttribute: Hashable, Sendable {
  /// The value of an attribute.
  public enum Value: Hashable, Sendable {
    /// A number.
    case float(Float)
    /// A whole number.
    case int(Int64)
    /// Text.
    case string(String)
    /// A tensor.
    case tensor(ONNXTensor)
    /// Numbers.
    case floats([Float])
    /// Whole numbers.
    case ints([Int64])
    /// Texts.
    case strings([String])
    /// A value of a kind that is not read, such as a graph, by its number in the format.
    case other(Int64)
  }

  /// The name.
  public var name = ""
  /// The value.
  public var value = Value.other(0)

  /// Creates an attribute without a value.
  public init() {}
  /// Creates an attribute.
  public init(_ name: String, _ value: Value) { (self.name, self.value) = (name, value) }
}

/// The fields of an attribute in a file, whose lists may come number by number.
struct ONNXAttributeFields: ProtobufReadable {
  private var name = ""
  private var single: ONNXAttribute.Value?
  private var floats: [Float] = []
  private var ints: [Int64] = []
  private var strings: [String] = []
  private var type: Int64 = 0

  init() {}

  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: name = try field.text()
    case 2: single = .float(try field.float())
    case 3: single = .int(try field.int())
    case 4: single = .string(try field.text())
    case 5:
      let tensor = try ONNXTensorFields(field.content()).tensor()
      try tensor.requireValues()
      single = .tensor(tensor)
    case 7: floats += try field.floats()
    case 8: ints += try field.ints()
    case 9: strings.append(try field.text())
    case 20: type = try field.int()
    default: break
    }
  }

  /// The attribute. An empty list, and in some writers a zero, has a type but no value.
  var attribute: ONNXAttribute {
    if let single { return ONNXAttribute(name, single) }
    if !floats.isEmpty { return ONNXAttribute(name, .floats(floats)) }
    if !ints.isEmpty { return ONNXAttribute(name, .ints(ints)) }
    return ONNXAttribute(name, strings.isEmpty ? .init(ofType: type) : .strings(strings))
  }
}

extension ONNXAttribute: ProtobufWritable {
  func write(to writer: inout ProtobufWriter) {
    writer.write(name, as: 1)
    switch value {
    case .float(let number): writer.write(number, as: 2)
    case .int(let number): writer.write(number, as: 3)
    case .string(let text): writer.write(text, as: 4)
    case .tensor(let tensor): writer.write(tensor, as: 5)
    case .floats(let numbers): writer.write(numbers, as: 7)
    case .ints(let numbers): writer.write(numbers, as: 8)
    case .strings(let texts): writer.write(texts, as: 9)
    case .other: break
    }
    writer.write(value.type, as: 20)
  }
}

extension ONNXAttribute.Value {
  /// How many numbers or texts it consists of.
  var count: Int {
    switch self {
    case .tensor(let tensor): tensor.count
    case .floats(let numbers): numbers.count
    case .ints(let numbers): numbers.count
    case .strings(let texts): texts.count
    case .float, .int, .string, .other: 1
    }
  }

  /// The number of the kind in the format.
  var type: Int64 {
    switch self {
    case .float: 1
    case .int: 2
    case .string: 3
    case .tensor: 4
    case .floats: 6
    case .ints: 7
    case .strings: 8
    case .other(let type): type
    }
  }

  /// The empty value of the kind with that number.
  fileprivate init(ofType type: Int64) {
    self =
      switch type {
      case 1: .float(0)
      case 2: .int(0)
      case 3: .string("")
      case 6: .floats([])
      case 7: .ints([])
      case 8: .strings([])
      default: .other(type)
      }
  }

  /// The number; nil for other kinds.
  public var float: Float? { if case .float(let number) = self { number } else { nil } }
  /// The whole number; nil for other kinds.
  public var int: Int64? { if case .int(let number) = self { number } else { nil } }
  /// The text; nil for other kinds.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The tensor; nil for other kinds.
  public var tensor: ONNXTensor? { if case .tensor(let tensor) = self { tensor } else { nil } }
  /// The numbers; nil for other kinds.
  public var floats: [Float]? { if case .floats(let numbers) = self { numbers } else { nil } }
  /// The whole numbers; nil for other kinds.
  public var ints: [Int64]? { if case .ints(let numbers) = self { numbers } else { nil } }
  /// The texts; nil for other kinds.
  public var strings: [String]? { if case .strings(let texts) = self { texts } else { nil } }
}

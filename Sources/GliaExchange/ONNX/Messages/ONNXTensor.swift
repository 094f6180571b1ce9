import Glia

/// A constant tensor of an ONNX model.
public struct ONNXTensor: Hashable, Sendable {
  /// The elements, row-major.
  public enum Values: Hashable, Sendable {
    /// Numbers in single precision; float16 and bfloat16 are converted to these.
    case floats([Float])
    /// Numbers in double precision.
    case doubles([Double])
    /// Whole numbers; all integer types and truth values are converted to int64.
    case ints([Int64])
    /// Texts.
    case strings([String])
  }

  /// The name; empty for a tensor within an attribute.
  public var name = ""
  /// The lengths of the axes; none for a single number.
  public var shape: [Int] = []
  /// The elements.
  public var values = Values.floats([])

  /// Creates a tensor; the number of values must match the shape.
  public init(_ name: String = "", shape: [Int], _ values: Values) {
    (self.name, self.shape, self.values) = (name, shape, values)
  }

  /// The number of elements.
  public var count: Int { values.count }
}

extension ONNXTensor.Values {
  /// The number of elements.
  public var count: Int {
    switch self {
    case .floats(let numbers): numbers.count
    case .doubles(let numbers): numbers.count
    case .ints(let numbers): numbers.count
    case .strings(let texts): texts.count
    }
  }

  /// The type in which they are written.
  public var type: ONNXNumberType {
    switch self {
    case .floats: .float
    case .doubles: .double
    case .ints: .int64
    case .strings: .string
    }
  }

  /// The numbers in double precision; nil for texts.
  public var numbers: [Double]? {
    switch self {
    case .floats(let numbers): numbers.map { Double($0) }
    case .doubles(let numbers): numbers
    case .ints(let numbers): numbers.map { Double($0) }
    case .strings: nil
    }
  }

  /// The whole numbers; nil for other kinds.
  public var ints: [Int64]? { if case .ints(let numbers) = self { numbers } else { nil } }
  /// The texts; nil for other kinds.
  public var strings: [String]? { if case .strings(let texts) = self { texts } else { nil } }
}

extension ONNXTensor: ProtobufWritable {
  func write(to writer: inout ProtobufWriter) {
    writer.write(shape.map { Int64($0) }, as: 1)
    writer.write(values.type.rawValue, as: 2)
    if case .strings(let texts) = values { writer.write(texts, as: 6) }
    writer.write(optional: name, as: 8)
    switch values {
    case .floats(let numbers): writer.write(raw: numbers.lazy.map(\.bitPattern), as: 9)
    case .doubles(let numbers): writer.write(raw: numbers.lazy.map(\.bitPattern), as: 9)
    case .ints(let numbers): writer.write(raw: numbers, as: 9)
    case .strings: break
    }
  }
}

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
  /// Where the elements are if they are in another file and have not been read.
  public var external: ONNXExternalData?

  /// Creates a tensor; the number of values must match the shape.
  public init(_ name: String = "", shape: [Int], _ values: Values) {
    (self.name, self.shape, self.values) = (name, shape, values)
  }

  /// Creates a tensor whose elements are in another file.
  public init(_ name: String = "", shape: [Int], _ external: ONNXExternalData) {
    (self.name, self.shape, self.external) = (name, shape, external)
  }

  /// The number of elements.
  public var count: Int { values.count }

  /// Throws if the elements are in another file.
  func requireValues() throws {
    guard let external else { return }
    throw GliaError(
      "its numbers are in another file, \(external.location.excerpt)", at: "tensor '\(name.excerpt)'",
      expected: "numbers within the ONNX file, or a file on disk with the other one beside it",
      remedy: "save it again as one file: onnx.save(onnx.load(\"model.onnx\"), \"single.onnx\") in Python, or "
        + "torch.onnx.export(…, external_data=False)")
  }
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
    writer.write((external?.type ?? values.type).rawValue, as: 2)
    if case .strings(let texts) = values { writer.write(texts, as: 6) }
    writer.write(optional: name, as: 8)
    if let external {
      writer.write(external.properties, as: 13)
      return writer.write(1 as Int64, as: 14)
    }
    switch values {
    case .floats(let numbers): writer.write(raw: numbers.lazy.map(\.bitPattern), as: 9)
    case .doubles(let numbers): writer.write(raw: numbers.lazy.map(\.bitPattern), as: 9)
    case .ints(let numbers): writer.write(raw: numbers, as: 9)
    case .strings: break
    }
  }
}

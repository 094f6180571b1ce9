import Glia

/// The fields of a tensor in a file, whose elements may be stored in one of several ways.
struct ONNXTensorFields: ProtobufReadable {
  private var name = ""
  private var shape: [Int64] = []
  private var type: Int64 = 0
  private var floats: [Float] = []
  private var ints: [Int64] = []
  private var doubles: [Double] = []
  private var texts: [String] = []
  private var raw: ArraySlice<UInt8>?
  private var isExternal = false
  private var location: [ONNXProperty] = []

  init() {}

  mutating func read(_ field: ProtobufField) throws {
    switch field.number {
    case 1: shape += try field.ints()
    case 2: type = try field.int()
    case 4: floats += try field.floats()
    // int32_data also holds the bits of smaller types; int64_data and uint64_data those of the largest.
    case 5, 7, 11: ints += try field.ints()
    case 6: texts.append(try field.text())
    case 8: name = try field.text()
    case 9: raw = try field.content()
    case 10: doubles += try field.doubles()
    case 13: location.append(try field.message())
    case 14: isExternal = try field.int() != 0
    default: break
    }
  }

  /// Returns the tensor; throws if it is incomplete or of a type that is not supported.
  func tensor() throws -> ONNXTensor {
    guard let type = ONNXNumberType(rawValue: type) else {
      throw failure(
        "elements of type \(type) are not supported",
        expected: "floating-point numbers, integers, truth values or texts",
        remedy: "convert the model to float32 before exporting it")
    }
    let axes = shape.compactMap { Int(exactly: $0) }
    guard axes.count == shape.count, let count = try? axes.elementCount() else {
      throw failure("the shape \(shape.prefix(8)) is invalid", expected: "axes of 0 or more")
    }
    guard axes.count < 2 || !axes.contains(0) else {
      throw failure(
        "the shape \(axes.prefix(8)) has no elements", expected: "axes of 1 or more",
        remedy: "remove the empty tensor from the model")
    }
    if isExternal {
      guard let external = ONNXExternalData(location, type: type) else {
        throw failure(
          "its numbers are in another file, which is not named correctly",
          expected: "the name of a file in the same folder, with an offset and a length of 0 or more")
      }
      return ONNXTensor(name, shape: axes, external)
    }
    let values = try values(type)
    guard values.count == count else {
      throw failure("\(values.count) elements for the shape \(axes.prefix(8))", expected: "\(count) elements")
    }
    return ONNXTensor(name, shape: axes, values)
  }

  private func values(_ type: ONNXNumberType) throws -> ONNXTensor.Values {
    if type == .string { return .strings(texts) }
    if let raw {
      return try GliaError.locating(place) { try type.values(raw: raw) }
    }
    switch type {
    case .float: return .floats(floats)
    case .double: return .doubles(doubles)
    default:
      return try GliaError.locating(place) { try type.checkedValues(ofBits: ints.map { UInt64(bitPattern: $0) }) }
    }
  }

  private var place: String { "tensor '\(name.excerpt)'" }

  private func failure(_ what: String, expected: String, remedy: String? = nil) -> GliaError {
    GliaError(what, at: place, expected: expected, remedy: remedy)
  }
}

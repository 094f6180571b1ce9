import Glia

/// The part of another file that holds the numbers of a tensor, as PyTorch stores the weights of an exported network.
public struct ONNXExternalData: Hashable, Sendable {
  /// The path of the file, relative to the folder of the ONNX file.
  public var location = ""
  /// The first byte.
  public var offset = 0
  /// The number of bytes; nil for as many as the shape of the tensor needs.
  public var length: Int?
  /// The type of the elements.
  public var type: ONNXNumberType

  /// Creates the description of a part of the file `location`.
  public init(location: String, offset: Int = 0, length: Int? = nil, type: ONNXNumberType) {
    (self.location, self.offset, self.length, self.type) = (location, offset, length, type)
  }

  /// Creates the description from its properties in an ONNX file; nil if one of them is invalid.
  init?(_ properties: [ONNXProperty], type: ONNXNumberType) {
    self.init(location: "", type: type)
    for property in properties {
      let number = Int(property.value)
      switch property.key {
      case "location": location = property.value
      case "offset": offset = number ?? -1
      case "length": length = number ?? -1
      default: break
      }
    }
    // A file from elsewhere must not reach other folders.
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(""), !parts.contains(".."), offset >= 0, length ?? 0 >= 0, type != .string else { return nil }
  }

  var properties: [ONNXProperty] {
    let numbers = [("offset", offset)] + (length.map { [("length", $0)] } ?? [])
    return [ONNXProperty("location", location)] + numbers.map { ONNXProperty($0, "\($1)") }
  }

  /// Returns the elements of a tensor with `count` of them, where `file` are the bytes of the file.
  func values(_ count: Int, in file: [UInt8], of tensor: String) throws -> ONNXTensor.Values {
    let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
    guard !overflow, length ?? size == size, offset <= file.count, size <= file.count - offset else {
      throw GliaError(
        "the numbers of the tensor '\(tensor.excerpt)' are not all there", at: location.excerpt,
        expected: "\(count.grouped) numbers of \(type.size.counted("byte")) from byte \(offset.grouped) on",
        remedy: "copy both files again; they belong to one export")
    }
    return try type.values(raw: file[offset..<offset + size])
  }
}

extension ONNXModel {
  /// Reads the file at `path`, and the files beside it that hold the numbers of its tensors.
  ///
  /// - Throws: `GliaError` if a file is missing, or is not what it should be.
  public init(contentsOf path: String) throws {
    let bytes = try Self.bytes(ofFile: path)
    self = try GliaError.locating(file: path) {
      do { return try ONNXModel(bytes) } catch {
        guard let sort = Signature.sort(of: bytes.prefix(64)), sort != "an ONNX file" else { throw error }
        throw GliaError("this is \(sort)", expected: "an ONNX file", remedy: Signature.remedy(for: sort))
      }
    }
    let counts = try graph.initializers.filter { $0.external != nil }.map { try $0.shape.elementCount() }
    // Small files may describe the same numbers many times.
    let total = counts.reduce(0) { $0 > Int.max / 8 - $1 ? Int.max / 8 : $0 + $1 }
    try Memory.require(floats: 4 * total, for: "the numbers of the tensors", at: path.excerpt)
    var files: [String: [UInt8]] = [:]
    for index in graph.initializers.indices {
      let tensor = graph.initializers[index]
      guard let external = tensor.external else { continue }
      if files[external.location] == nil {
        files[external.location] = try Self.bytes(
          ofFile: Paths.absolute(external.location, in: Paths.folder(of: path)))
      }
      graph.initializers[index].values = try external.values(
        tensor.shape.elementCount(), in: files[external.location] ?? [], of: tensor.name)
      graph.initializers[index].external = nil
    }
  }

  private static func bytes(ofFile path: String) throws -> [UInt8] {
    let file = try RegularFile(path)
    try Memory.require(floats: file.size / 4, for: "the file", share: 0.1, at: path.excerpt)
    return try file.read(upTo: file.size)
  }
}

extension GliaError {
  /// Runs `body`; the place of an error is within the file at `path`.
  package static func locating<Result>(file path: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch var error as GliaError {
      error.place = [path.excerpt, error.place].compactMap(\.self).joined(separator: ": ")
      throw error
    }
  }
}

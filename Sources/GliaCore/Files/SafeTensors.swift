import OrderedCollections

/// Named tensors in one file, in the format that NumPy, PyTorch and others read and write.
///
/// A file consists of the length of the header as eight bytes, the header as JSON, and all numbers, everything little-endian.
///
/// ```swift
/// var file = SafeTensors()
/// file.tensors["layers.0.weight"] = try Tensor(shape: [2, 1], [0.5, -0.5])
/// try file.write(to: "model.safetensors")
/// ```
///
/// Format: <https://huggingface.co/docs/safetensors>.
public struct SafeTensors: Hashable, Sendable {
  /// The tensors by name, in the order of the file's header; files with a different order are not equal.
  public var tensors: OrderedDictionary<String, Tensor>
  /// Texts stored together with the tensors.
  public var metadata: [String: String]

  /// The largest header that the format allows, in bytes.
  static let headerLimit = 100_000_000
  static let metadataKey = "__metadata__"

  /// Creates a file with `tensors`.
  public init(tensors: OrderedDictionary<String, Tensor> = [:], metadata: [String: String] = [:]) {
    (self.tensors, self.metadata) = (tensors, metadata)
  }

  /// Writes the tensors as float32 in their order, and the metadata sorted, so that equal contents give equal bytes. The file
  /// is written atomically.
  ///
  /// - Throws: `GliaError` for a reserved name; of the category `output` if the file cannot be written.
  public func write(to path: String) throws {
    try AtomicFile.write(to: path, pieces: pieces)
  }

  /// Returns the bytes of the file that `write(to:)` writes.
  ///
  /// - Throws: `GliaError` for a reserved name.
  public func bytes() throws -> [UInt8] {
    var bytes: [UInt8] = []
    try pieces { bytes.append(contentsOf: $0) }
    return bytes
  }

  private func pieces(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
    try header().withUnsafeBytes(write)
    // Floats have the same layout in memory as in the file: all systems that Glia runs on are little-endian.
    for (_, tensor) in tensors { try tensor.values.withUnsafeBytes(write) }
  }

  /// Returns everything before the numbers, padded with spaces to a multiple of eight bytes.
  private func header() throws -> [UInt8] {
    var header = JSON.Object()
    if !metadata.isEmpty {
      var texts = JSON.Object()
      for (key, text) in metadata.sorted(by: { $0.key < $1.key }) { texts[key] = .string(text) }
      header[Self.metadataKey] = .object(texts)
    }
    var end = 0
    for (name, tensor) in tensors {
      guard name != Self.metadataKey else {
        throw GliaError("a tensor cannot be named '\(name)'", expected: "a name that is not reserved by the format")
      }
      let start = end
      end += 4 * tensor.values.count
      header[name] = [
        "dtype": "F32", "shape": .array(tensor.shape.map { JSON($0) }), "data_offsets": [JSON(start), JSON(end)],
      ]
    }
    var text = Array(JSON.object(header).compact.utf8)
    text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
    guard text.count <= Self.headerLimit else {
      throw GliaError("the header has \(text.count) bytes", expected: "at most \(Self.headerLimit)")
    }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian, Array.init) + text
  }

  /// Returns the product of the lengths; nil if one is negative or the product is too large.
  static func count(_ shape: [Int]) -> Int? {
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow else { return nil }
      count = product
    }
    return count
  }
}

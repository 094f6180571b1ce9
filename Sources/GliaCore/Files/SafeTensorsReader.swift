extension SafeTensors {
  /// Reads the file at `path`, tensor by tensor; see `init(parsing:name:)`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - isIgnored: whether a tensor, by its name, is left out; it may have numbers of any type.
  /// - Throws: `GliaError`; of the category `missingInput` if the file cannot be read.
  public init(contentsOf path: String, ignoring isIgnored: (String) -> Bool = { _ in false }) throws {
    let file = try RegularFile(path)
    try self.init(Source(name: path.visible(limit: 4096), size: file.size, fill: file.read), isIgnored)
  }

  /// Parses the bytes of a file, strictly: every byte belongs to exactly one tensor, and sizes match shapes.
  ///
  /// float64, float16 and bfloat16 are converted to float32; other number types are errors.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: the name of the bytes in error messages, usually their file.
  ///   - isIgnored: whether a tensor, by its name, is left out; it may have numbers of any type.
  /// - Throws: `GliaError` that names the tensor.
  public init(
    parsing bytes: [UInt8], name: String = "safetensors", ignoring isIgnored: (String) -> Bool = { _ in false }
  ) throws {
    let source = Source(name: name.visible(limit: 4096), size: bytes.count) { start, buffer in
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[start..<start + buffer.count])) }
    }
    try self.init(source, isIgnored)
  }

  private init(_ source: Source, _ isIgnored: (String) -> Bool) throws {
    self.init()
    let (header, start) = try source.header()
    var parts: [Extent] = []
    for (key, entry) in header {
      if key == Self.metadataKey {
        metadata = try source.texts(entry)
      } else {
        parts.append(try Extent(key, entry, isIgnored: isIgnored(key), in: source, size: source.size - start))
      }
    }
    try source.requireNoGaps(parts, size: source.size - start)
    let floats = parts.reduce(0) { sum, part in sum + (part.type.map { (part.end - part.begin) / $0.size } ?? 0) }
    try Memory.require(floats: floats, for: "the content of the file", at: source.name)
    for part in parts {
      guard let type = part.type else { continue }
      guard let values = try source.floats(type, start + part.begin..<start + part.end) else {
        throw source.failure("a number is too large for float32", in: part.name)
      }
      tensors[part.name] = Tensor(unchecked: part.shape, values)
    }
  }
}

/// A tensor as described in the header.
private struct Extent {
  let name: String
  /// The type of the numbers; nil if they are ignored.
  let type: NumberType?
  let shape: [Int]
  let begin: Int
  let end: Int

  init(_ name: String, _ entry: JSON, isIgnored: Bool, in source: Source, size: Int) throws {
    self.name = name
    guard let text = entry["dtype"]?.string, let shape = Self.sizes(entry["shape"]),
      let offsets = Self.sizes(entry["data_offsets"]), offsets.count == 2
    else {
      throw source.failure("the header of a tensor is invalid", in: name, expected: "dtype, shape and two data_offsets")
    }
    (self.shape, begin, end) = (shape, offsets[0], offsets[1])
    guard begin <= end, end <= size else {
      throw source.failure(
        "the data_offsets [\(begin), \(end)] are outside the file, which contains \(size) bytes of numbers", in: name,
        remedy: "download or copy the file again if it was truncated")
    }
    type = isIgnored ? nil : NumberType(rawValue: text)
    guard !isIgnored else { return }
    guard let type else {
      throw source.failure(
        "numbers of type \(text.excerpt) are not supported", in: name, expected: "F32, F64, F16 or BF16",
        remedy: "convert the tensor to float32 before saving it")
    }
    guard let (bytes, overflow) = SafeTensors.count(shape)?.multipliedReportingOverflow(by: type.size), !overflow,
      bytes == end - begin
    else {
      throw source.failure("the shape \(shape.prefix(8)) of type \(text) does not match \(end - begin) bytes", in: name)
    }
  }

  private static func sizes(_ json: JSON?) -> [Int]? {
    guard let elements = json?.array else { return nil }
    var sizes: [Int] = []
    for element in elements {
      guard case .number(let text) = element, text.first != "-", let size = Int(text) else { return nil }
      sizes.append(size)
    }
    return sizes
  }
}

/// The bytes of a file, loaded as needed, with its name for error messages.
private struct Source {
  let name: String
  let size: Int
  /// Reads bytes at an offset, as many as the buffer holds.
  let fill: (_ start: Int, UnsafeMutableRawBufferPointer) throws -> Void

  func failure(_ what: String, in tensor: String? = nil, expected: String? = nil, remedy: String? = nil) -> GliaError {
    GliaError(what, at: name + (tensor.map { ": tensor '\($0.excerpt)'" } ?? ""), expected: expected, remedy: remedy)
  }

  func bytes(_ range: Range<Int>) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      try fill(range.lowerBound, UnsafeMutableRawBufferPointer(buffer))
      count = range.count
    }
  }

  /// Returns the numbers of a type in a range of bytes; nil if a finite one becomes infinite.
  func floats(_ type: NumberType, _ range: Range<Int>) throws -> [Float]? {
    guard type == .float32 else { return try bytes(range).withUnsafeBytes(type.floats) }
    // An empty array of the standard library is shared by all threads.
    if range.isEmpty { return [] }
    // The layout in memory is the same as in the file.
    return try [Float](unsafeUninitializedCapacity: range.count / 4) { buffer, count in
      try fill(range.lowerBound, UnsafeMutableRawBufferPointer(buffer))
      count = range.count / 4
    }
  }

  /// Returns the header's members, and the offset of the numbers.
  func header() throws -> (JSON.Object, start: Int) {
    // Enough to recognize other formats.
    let first = try bytes(0..<min(size, 64))
    let length = first.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let fault: String? =
      if size < 8 {
        "the file has only \(size) bytes"
      } else if length > SafeTensors.headerLimit {
        "this is not a safetensors file: the header's length would be \(length) bytes, more than \(SafeTensors.headerLimit)"
      } else if length > size - 8 {
        "the header's length is \(length) bytes, but only \(size - 8) follow"
      } else if first.dropFirst(8).first != UInt8(ascii: "{") {
        "the header does not begin with '{'"
      } else {
        nil
      }
    if let fault {
      let sort = Signature.sort(of: first).flatMap { $0 == "a safetensors file" ? nil : $0 }
      throw failure(
        sort.map { "this is \($0)" } ?? fault, expected: "a safetensors file",
        remedy: sort.map { sort in
          sort.contains(" as ") || sort.contains("pickle") || sort.contains("NumPy")
            ? "save the tensors in the safetensors format" : Signature.remedy(for: sort)
        } ?? "download or copy the file again if it was truncated")
    }
    let start = 8 + Int(length)
    guard let header = try JSON(parsing: bytes(8..<start), name: "\(name), header").object else {
      throw failure("the header is not an object")
    }
    return (header, start)
  }

  func texts(_ json: JSON) throws -> [String: String] {
    var texts: [String: String] = [:]
    guard let members = json.object else {
      throw failure("\(SafeTensors.metadataKey) is \(json.found)", expected: "an object of texts")
    }
    for (key, value) in members {
      guard let text = value.string else {
        throw failure("the metadata '\(key.excerpt)' is \(value.found)", expected: "text")
      }
      texts[key] = text
    }
    return texts
  }

  /// Throws if there are overlaps, gaps or bytes after the last tensor.
  func requireNoGaps(_ parts: [Extent], size: Int) throws {
    var end = 0
    for part in parts.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard part.begin == end else {
        let fault = part.begin < end ? "shares bytes with another tensor" : "leaves a gap before it"
        throw failure("the tensor \(fault)", in: part.name, expected: "data_offsets that start at \(end)")
      }
      end = part.end
    }
    guard end == size else { throw failure("\(size - end) bytes after the last tensor belong to no tensor") }
  }
}

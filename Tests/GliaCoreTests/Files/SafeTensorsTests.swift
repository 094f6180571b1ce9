import Foundation
@testable import GliaCore
import Testing

@Suite struct SafeTensorsTests {
  /// Written by the Python library (safetensors 0.8.0).
  private static let python = """
    SAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJuw6RtZSI6Inp3ZWkgXCJNb25kZVwiIPCfjJkiLCJnbGlhLnZlcnNpb24iOiIwLjEifSwibGF5ZXJz\
    LjAuYmlhcyI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzAsOF19LCJsYXllcnMuMC53ZWlnaHQiOnsiZHR5cGUi\
    OiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6WzgsMzJdfSwibm9uZSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMCwzXSwiZGF0\
    YV9vZmZzZXRzIjpbMzIsMzJdfSwic2NhbGUiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzMyLDM2XX19ICAgICAg\
    AACAPwAAgL/NzMw9AAAgwOaxYX8BAAAAAAAAgAAA4EAAAAA/
    """

  private static let tensors = SafeTensors(tensors: [
    "layers.0.bias": filled([2], [1, -1]),
    "layers.0.weight": filled([2, 3], [0.1, -2.5, 3e38, .leastNonzeroMagnitude, -0.0, 7]),
    "none": filled([0, 3], []),
    "scale": filled([], [0.5]),
  ]).tensors
  private static let metadata = ["glia.version": "0.1", "näme": "zwei \"Monde\" 🌙"]

  /// A file with the given header and `count` bytes of data.
  static func file(_ header: String, count: Int = 0) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + header.utf8
      + [UInt8](repeating: 0, count: count)
  }

  private func error(_ bytes: [UInt8]) -> GliaError? {
    #expect(throws: GliaError.self) { try SafeTensors(parsing: bytes, name: "m.safetensors") }
  }

  @Test func readsAFileOfThePythonLibrary() throws {
    let bytes = try Array(#require(Data(base64Encoded: Self.python)))
    let file = try SafeTensors(parsing: bytes)
    #expect(file.tensors.keys == Self.tensors.keys)
    #expect(file.tensors == Self.tensors)
    #expect(file.tensors["layers.0.weight"]?.values[4].sign == .minus)
    #expect(file.metadata == Self.metadata)
    // Its header differs only in the order of the metadata.
    #expect(try SafeTensors(parsing: file.bytes()) == file)
    #expect(try file.bytes().count == bytes.count)
    #expect(try file.bytes().suffix(36) == bytes.suffix(36))
  }

  @Test func writesEqualBytesForEqualContents() throws {
    let file = SafeTensors(
      tensors: ["b": filled([1], [1.5]), "a": filled([0], [])],
      metadata: ["y": "2", "x": "1"])
    let header = """
      {"__metadata__":{"x":"1","y":"2"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\
      "a":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}
      """
    let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    #expect(try file.bytes() == Self.file(header + padding) + [0, 0, 0xC0, 0x3F])
    #expect(try SafeTensors().bytes() == [8, 0, 0, 0, 0, 0, 0, 0] + "{}      ".utf8)

    let folder = try TemporaryFolder()
    try file.write(to: folder("a.safetensors"))
    #expect(try FileReader.bytes(of: folder("a.safetensors")) == file.bytes())
    #expect(try SafeTensors(contentsOf: folder("a.safetensors")) == file)
  }

  @Test func equalFilesHaveTheirTensorsInOneOrder() {
    let (a, b) = (filled([1], [1]), filled([1], [2]))
    #expect(SafeTensors(tensors: ["a": a, "b": b]) != SafeTensors(tensors: ["b": b, "a": a]))
  }

  @Test func refusesReservedNames() throws {
    #expect(throws: GliaError.self) { try SafeTensors(tensors: ["__metadata__": filled([0], [])]).bytes() }
  }

  @Test func convertsOtherTypesOfNumbers() throws {
    let header = """
      {"b":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]},"h":{"dtype":"F16","shape":[7],"data_offsets":[6,20]},\
      "d":{"dtype":"F64","shape":[3],"data_offsets":[20,44]}}
      """
    var bytes = Self.file(header)
    // 1, -2 and infinity as the upper halves of float32 values.
    for bits: UInt16 in [0x3F80, 0xC000, 0x7F80] { withUnsafeBytes(of: bits) { bytes.append(contentsOf: $0) } }
    // As numpy.float16 stores 0.1, -65504, 6e-8, infinity, -0, 1.5 and NaN.
    for bits: UInt16 in [0x2E66, 0xFBFF, 1, 0x7C00, 0x8000, 0x3E00, 0x7E00] {
      withUnsafeBytes(of: bits) { bytes.append(contentsOf: $0) }
    }
    for value in [0.1, -1e-50, -.infinity] { withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) } }
    let tensors = try SafeTensors(parsing: bytes).tensors
    #expect(tensors["b"]?.values == [1, -2, .infinity])
    #expect(tensors["h"]?.values.dropLast() == [0.0999755859375, -65504, 5.960464477539063e-08, .infinity, 0, 1.5])
    #expect(tensors["h"]?.values[4].sign == .minus)
    #expect(tensors["h"]?.values.last?.isNaN == true)
    #expect(tensors["d"]?.values == [0.1, 0, -.infinity])

    bytes.replaceSubrange((bytes.count - 8)..., with: withUnsafeBytes(of: 1e39, Array.init))
    #expect(error(bytes)?.what == "a number is too large for float32")
    #expect(error(bytes)?.place == "m.safetensors: tensor 'd'")
  }

  @Test(arguments: [
    ("I64", "[1]", "[0,8]", 8, "type I64"), ("f32", "[1]", "[0,4]", 4, "type f32"),
    ("F32", "[2]", "[0,4]", 4, "does not match"), ("F32", "[1]", "[0,8]", 8, "does not match"),
    ("F32", "[4611686018427387904,4]", "[0,0]", 0, "does not match"),
    ("F32", "[4611686018427387904]", "[0,0]", 0, "does not match"),
    ("F32", "[9223372036854775807,9223372036854775807]", "[0,4]", 4, "does not match"),
    ("F32", "[18446744073709551616]", "[0,4]", 4, "header of a tensor"),
    ("F32", "[-1]", "[0,4]", 4, "header of a tensor"),
    ("F32", "[1.0]", "[0,4]", 4, "header of a tensor"), ("F32", "1", "[0,4]", 4, "header of a tensor"),
    ("F32", "[1]", "[0]", 4, "header of a tensor"), ("F32", "[1]", "[0,4,4]", 4, "header of a tensor"),
    ("F32", "[1]", "[0,4]", 3, "outside"), ("F32", "[1]", "[4,0]", 4, "outside"),
    ("F32", "[1]", "[9223372036854775804,9223372036854775807]", 4, "outside"),
    ("F32", "[1]", "[4,8]", 8, "gap"), ("F32", "[1]", "[0,4]", 5, "1 bytes after the last tensor"),
  ])
  func refusesWrongTensors(type: String, shape: String, offsets: String, count: Int, what: String) {
    let header = #"{"w":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
    let error = error(Self.file(header, count: count))
    #expect(error?.what.contains(what) == true, "\(String(describing: error))")
    #expect(error?.place?.hasPrefix("m.safetensors") == true)
    #expect(error?.category == .description)
  }

  @Test(arguments: [
    (#"{"a":\#(tensor(0, 8)),"b":\#(tensor(4, 12))}"#, 12, "shares bytes"),
    (#"{"a":\#(tensor(0, 4)),"b":\#(tensor(0, 4))}"#, 4, "shares bytes"),
    (#"{"b":\#(tensor(8, 12)),"a":\#(tensor(0, 4))}"#, 12, "gap"),
    (#"{"a":\#(tensor(0, 4)),"a":\#(tensor(4, 8))}"#, 8, "duplicate key 'a'"),
    (#"{"a":\#(tensor(0, 4)),}"#, 4, "unexpected '}'"), (#"{"a":1}"#, 0, "header of a tensor"),
    (#"{"__metadata__":{"a":1}}"#, 0, "the metadata 'a' is the number 1"),
    (#"{"__metadata__":[]}"#, 0, "__metadata__ is an array"), ("{}x", 0, "unexpected 'x'"),
    (" {}", 0, "does not begin"), ("[]", 0, "does not begin"), ("", 0, "does not begin"), ("{}", 7, "7 bytes after"),
    ("{\"a\":" + String(repeating: "[", count: 100_000), 0, "more than 512"),
  ])
  func refusesWrongHeaders(header: String, count: Int, what: String) {
    let error = error(Self.file(header, count: count))
    #expect(error?.what.contains(what) == true, "\(String(describing: error))")
  }

  @Test func leavesOutIgnoredTensorsOfAnyType() throws {
    let header = """
      {"n.batches":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}
      """
    let bytes = Self.file(header, count: 12)
    #expect(try Array(SafeTensors(parsing: bytes) { $0.hasSuffix("batches") }.tensors.keys) == ["w"])
    #expect(throws: GliaError.self) { try SafeTensors(parsing: bytes) { $0 == "w" } }
    // Their bytes still belong to them alone.
    #expect(throws: GliaError.self) { try SafeTensors(parsing: bytes + [0]) { $0.hasSuffix("batches") } }
    #expect(throws: GliaError.self) { try SafeTensors(parsing: Self.file(header, count: 11)) { _ in true } }
  }

  private static func tensor(_ begin: Int, _ end: Int) -> String {
    #"{"dtype":"F32","shape":[\#((end - begin) / 4)],"data_offsets":[\#(begin),\#(end)]}"#
  }

  @Test func tellsForeignAndBrokenFiles() throws {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    #expect(error(png)?.what == "this is a PNG picture")
    #expect(error([0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0])?.what.contains("zip archive") == true)
    #expect(error([0x80, 4, 0x95, 0x10, 0, 0, 0, 0, 0, 0, 0])?.what == "this is a Python pickle")
    #expect(error(Array("version https://git-lfs.github.com/spec/v1".utf8))?.what.contains("Git LFS") == true)
    #expect(error(Array(#"{"name": "xor", "data": 1}"#.utf8))?.what == "this is a JSON text")
    #expect(
      error(Array("version https://git-lfs.github.com".utf8))?.remedy == "fetch the file itself with 'git lfs pull'")
    #expect(error(Array("a,b\n1,2\n3,4\n".utf8))?.what == "this is a text, such as a table")
    #expect(error([0x08, 8, 0x12, 7] + Array("pytorch".utf8))?.what == "this is an ONNX file")
    #expect(error([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])?.what == "this is a gzip file")
    #expect(error([])?.what == "the file has only 0 bytes")
    #expect(error([1, 2, 3])?.what == "the file has only 3 bytes")
    #expect(error([0xFF] + [UInt8](repeating: 0xFF, count: 8))?.what.contains("more than 100000000") == true)
    // 100,000,001 and 100,000,000
    #expect(error([0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, 0x7B])?.what.contains("more than 100000000") == true)
    #expect(error([0x00, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, 0x7B])?.what.contains("but only 1 follow") == true)
    let whole = try Array(#require(Data(base64Encoded: Self.python)))
    for count in 0..<whole.count {
      #expect(throws: GliaError.self) { try SafeTensors(parsing: Array(whole[..<count])) }
    }
  }

  @Test(.timeLimit(.minutes(5))) func takesLinearTimeForManyTensors() throws {
    var file = SafeTensors()
    for index in 0..<20_000 { file.tensors["t\(index)"] = filled([1, 1], [Float(index)]) }
    #expect(try SafeTensors(parsing: file.bytes()) == file)
  }

  @Test(.timeLimit(.minutes(5))) func survivesDamage() throws {
    let valid = try Array(#require(Data(base64Encoded: Self.python)))
    var mutations = Mutations(seed: 3)
    for _ in 0..<5_000 {
      guard let file = try? SafeTensors(parsing: mutations.damage(valid)) else { continue }
      #expect(try SafeTensors(parsing: file.bytes()).tensors.keys == file.tensors.keys)
    }
  }
}

private func filled(_ shape: [Int], _ values: [Float]) -> Tensor { Tensor(unchecked: shape, values) }

@Suite("Files are checked before they are read")
struct SafeTensorsSizeTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A sparse file that begins with `bytes` and has `size` bytes in total.
  private func file(_ bytes: [UInt8], size: UInt64) throws -> String {
    let path = folder("large.safetensors")
    try AtomicFile.write(bytes, to: path)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: size)
    try handle.close()
    return path
  }

  @Test("a terabyte of zeros is rejected by its first bytes")
  func zeros() throws {
    let path = try file([], size: 1 << 40)
    let error = #expect(throws: GliaError.self) { try SafeTensors(contentsOf: path) }
    #expect(error?.what == "the header does not begin with '{'")
  }

  @Test("tensors that do not fit in memory are rejected by the header")
  func header() throws {
    let numbers = 1 << 41
    let header = #"{"a":{"dtype":"F32","shape":[\#(numbers)],"data_offsets":[0,\#(4 * numbers)]}}"#
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init)
    let path = try file(length + header.utf8, size: UInt64(8 + header.utf8.count + 4 * numbers))
    let error = #expect(throws: GliaError.self) { try SafeTensors(contentsOf: path) }
    #expect(error?.what.contains("more memory than is available") == true)
  }

  @Test("a file of several chunks is read correctly", arguments: ["F64", "F16", "BF16", "F32"])
  func pieces(_ type: String) throws {
    let (count, size) = (300_000, type == "F64" ? 8 : type == "F32" ? 4 : 2)
    let header = #"{"a":{"dtype":"\#(type)","shape":[\#(count)],"data_offsets":[0,\#(size * count)]}}"#
    var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + header.utf8
    // Half-precision and double-precision values with this pattern are finite.
    for i in 0..<count * size { bytes.append(UInt8(truncatingIfNeeded: i % 61)) }
    let path = folder("pieces.safetensors")
    try AtomicFile.write(bytes, to: path)
    let read = try SafeTensors(contentsOf: path)
    #expect(read.tensors["a"]?.values.count == count)
    #expect(read == (try SafeTensors(parsing: bytes)))
  }
}

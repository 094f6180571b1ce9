/// The first bytes of files of other formats, by which they are recognized.
package enum Signature {
  private static let known: [(start: [UInt8], sort: String)] = [
    ([0x89] + "PNG".utf8, "a PNG picture"),
    ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
    ("%PDF".utf8 + [], "a PDF document"),
    ([0x89] + "HDF".utf8, "an HDF5 file, as Keras saves"),
    ([0x93] + "NUMPY".utf8, "a NumPy array"),
    ("PAR1".utf8 + [], "a Parquet table"),
    ("PK".utf8 + [3, 4], "a zip archive, as PyTorch, Keras, NumPy and Excel save"),
    ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel file"),
    ([0x1F, 0x8B], "a gzip file"),
    ([0x80, 2], "a Python pickle"), ([0x80, 3], "a Python pickle"),
    ([0x80, 4], "a Python pickle"), ([0x80, 5], "a Python pickle"),
    ("GGUF".utf8 + [], "a GGUF model"),
    ("version https://git-lfs".utf8 + [], "a Git LFS pointer, not the file itself"),
  ]

  /// Returns the kind of binary file, or of pointer to one, that begins with `bytes`, if known.
  package static func binarySort(of bytes: some Collection<UInt8>) -> String? {
    if let sort = known.first(where: { bytes.starts(with: $0.start) })?.sort { return sort }
    let start = Array(bytes.prefix(9))
    guard start.count == 9 else { return nil }
    // The length of a header of less than 16 MB, and the beginning of it.
    if start[8] == UInt8(ascii: "{"), start[3...7].allSatisfy({ $0 == 0 }) { return "a safetensors file" }
    // The version of the format, and the name or the version of the program that wrote it.
    if start[0] == 0x08, start[1] < 0x20, [0x12, 0x1A, 0x3A].contains(start[2]) { return "an ONNX file" }
    return nil
  }

  /// Returns the kind of file that begins with `bytes`, if known: a binary one, or text.
  package static func sort(of bytes: some Collection<UInt8>) -> String? {
    if let sort = binarySort(of: bytes) { return sort }
    let plain = bytes.count { 0x20..<0x7F ~= $0 || [0x09, 0x0A, 0x0D].contains($0) }
    let others = bytes.count { $0 >= 0x80 }
    guard bytes.count > 3, plain > bytes.count / 2, plain + others == bytes.count else { return nil }
    return bytes.first == UInt8(ascii: "{") ? "a JSON text" : "a text, such as a table"
  }

  /// What to do about a file of that kind which is not the expected one.
  package static func remedy(for sort: String) -> String {
    switch sort {
    case _ where sort.contains("Git LFS"): "fetch the file itself with 'git lfs pull'"
    case "an ONNX file": "convert the network with 'glia import'"
    default: "check that this is the right file"
    }
  }
}

/// The first bytes of files of other formats, by which they are recognized.
enum Signature {
  private static let known: [(start: [UInt8], sort: String)] = [
    ([0x89] + "PNG".utf8, "a PNG picture"),
    ([0x89] + "HDF".utf8, "an HDF5 file, as Keras saves"),
    ([0x93] + "NUMPY".utf8, "a NumPy array"),
    ("PK".utf8 + [3, 4], "a zip archive, as PyTorch, Keras and NumPy save"),
    ([0x80, 2], "a Python pickle"), ([0x80, 3], "a Python pickle"),
    ([0x80, 4], "a Python pickle"), ([0x80, 5], "a Python pickle"),
    (Array("GGUF".utf8), "a GGUF model"),
    (Array("version https://git-lfs".utf8), "a Git LFS pointer, not the file itself"),
    (Array("{".utf8), "a JSON text"),
  ]

  /// Returns the kind of file that begins with `bytes`, if known.
  static func sort(of bytes: [UInt8]) -> String? { known.first { bytes.starts(with: $0.start) }?.sort }
}

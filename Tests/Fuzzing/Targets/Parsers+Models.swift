import Glia

extension Parsers {
  /// A whole file; what was read is written and read as the same bytes.
  static func safetensors(_ bytes: [UInt8]) throws {
    let written = try SafeTensors(parsing: bytes).bytes()
    let again = try SafeTensors(parsing: written).bytes()
    precondition(again == written)
  }

  /// A model file, which is used if it can be read; see ``file(of:)``.
  static func model(_ bytes: [UInt8]) throws {
    try withFile(file(of: bytes), "model.safetensors") { path in
      let model = try Model(contentsOf: path, with: .standard)
      _ = try? model.write(to: path)
      guard model.featureCount <= 1 << 12 else { return }
      let count = model.featureCount
      for value in [0, -1.5, 1e30] as [Float] {
        let x = try Tensor(shape: [1, count], Array(repeating: value, count: count))
        _ = try? model.predict(x)
      }
    }
  }

  /// A checkpoint; see ``file(of:)``.
  static func checkpoint(_ bytes: [UInt8]) throws {
    try withFile(file(of: bytes), "checkpoint.safetensors") { path in
      let checkpoint = try Checkpoint(contentsOf: path, with: .standard)
      try? checkpoint.write(to: path)
    }
  }

  /// The safetensors file of an input that consists of the header, a line break and the numbers. The length of the header is
  /// added here: with it in the input, every insertion into the header would be refused.
  private static func file(of bytes: [UInt8]) -> [UInt8] {
    let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    return withUnsafeBytes(of: UInt64(end).littleEndian, Array.init) + bytes[..<end] + bytes[end...].dropFirst()
  }
}

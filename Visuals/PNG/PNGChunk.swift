/// A piece of a PNG file: four letters, data, and a checksum of both.
struct PNGChunk {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  let type: String
  let data: [UInt8]

  init(_ type: String, _ data: [UInt8]) { (self.type, self.data) = (type, data) }

  /// The chunks of a PNG file.
  static func all(in bytes: [UInt8]) -> [PNGChunk] {
    var chunks: [PNGChunk] = []
    var place = signature.count
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard place + 12 + length <= bytes.count else { break }
      let type = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      chunks.append(PNGChunk(type, Array(bytes[place + 8..<place + 8 + length])))
      place += 12 + length
    }
    return chunks
  }

  func append(to bytes: inout [UInt8]) {
    let body = Array(type.utf8) + data
    bytes += UInt32(data.count).bigEndianBytes + body + Self.checksum(body).bigEndianBytes
  }

  /// CRC-32 as in ISO 3309, a nibble at a time.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      crc = (crc >> 4) ^ table[Int(crc & 15)]
      crc = (crc >> 4) ^ table[Int(crc & 15)]
    }
    return ~crc
  }

  private static let table: [UInt32] = (0..<16).map { index in
    (0..<4).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }
}

extension FixedWidthInteger {
  /// The bytes, the most significant first.
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian, Array.init) }
}

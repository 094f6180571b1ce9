import GliaCore

/// Pictures shown one after the other, as one animated PNG (APNG, part of PNG since its third edition, 2025).
///
/// Viewers without animation show the last picture.
public struct AnimatedPNG: Sendable {
  /// The pictures, all of one size.
  public var frames: [PNG]
  /// How long each is shown, in milliseconds; the last one is shown ten times as long.
  public var delay: UInt16

  /// An animation of `frames`; throws if there is none or their sizes differ.
  public init(_ frames: [PNG], delay: UInt16 = 100) throws {
    guard let first = frames.first, frames.allSatisfy({ $0.width == first.width && $0.height == first.height }) else {
      throw GliaError(
        "an animation of \(frames.count) pictures cannot be made", expected: "at least one picture, all of one size")
    }
    self.frames = frames
    self.delay = delay
  }

  /// The bytes of the file. The same pictures give the same bytes.
  public func encode(level: Int = 6) throws -> [UInt8] {
    // All frames are of the form that the header tells.
    let form: PNG.Form = frames.contains(where: \.hasAlpha) ? .rgba : .rgb
    let chunks = try frames.map { try Self.chunks(of: $0.encode(level: level, as: form)) }
    guard let last = chunks.last else { return [] }
    var bytes = PNGChunk.signature
    var number: UInt32 = 0
    for chunk in last where chunk.type != "IEND" && chunk.type != "IDAT" {
      chunk.append(to: &bytes)
      if chunk.type == "IHDR" {
        PNGChunk("acTL", UInt32(frames.count).bigEndianBytes + UInt32(0).bigEndianBytes).append(to: &bytes)
      }
    }
    for chunk in last where chunk.type == "IDAT" { chunk.append(to: &bytes) }
    for (index, frame) in chunks.enumerated() {
      let pause = index == chunks.count - 1 ? UInt16(clamping: Int(delay) * 10) : delay
      control(number, pause: pause).append(to: &bytes)
      number += 1
      for chunk in frame where chunk.type == "IDAT" {
        PNGChunk("fdAT", number.bigEndianBytes + chunk.data).append(to: &bytes)
        number += 1
      }
    }
    PNGChunk("IEND", []).append(to: &bytes)
    return bytes
  }

  /// Writes the animation, whole or not at all.
  public func write(to path: String) throws { try AtomicFile.write(encode(), to: path) }

  /// The chunk that begins a frame: its size and place, how long it is shown, and that it replaces what was there.
  private func control(_ number: UInt32, pause: UInt16) -> PNGChunk {
    let size = [UInt32(frames[0].width), UInt32(frames[0].height), 0, 0]
    let numbers = ([number] + size).flatMap(\.bigEndianBytes)
    return PNGChunk("fcTL", numbers + pause.bigEndianBytes + UInt16(1000).bigEndianBytes + [0, 0])
  }

  private static func chunks(of bytes: [UInt8]) throws -> [PNGChunk] {
    var chunks: [PNGChunk] = []
    var place = PNGChunk.signature.count
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard place + 12 + length <= bytes.count else { break }
      let type = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      chunks.append(PNGChunk(type, Array(bytes[place + 8..<place + 8 + length])))
      place += 12 + length
    }
    return chunks
  }
}

/// A piece of a PNG file: four letters, data, and a checksum of both.
struct PNGChunk {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  let type: String
  let data: [UInt8]

  init(_ type: String, _ data: [UInt8]) { (self.type, self.data) = (type, data) }

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
  fileprivate var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian, Array.init) }
}

import GliaCore

/// A sequence of pictures as one animated PNG (APNG, part of PNG since its third edition, 2025).
///
/// Viewers without support for animation show the last picture.
public struct AnimatedPNG: Sendable {
  /// The pictures, all of the same size.
  public var frames: [PNG]
  /// The duration of each picture in milliseconds; the last one is shown ten times as long.
  public var delay: UInt16

  /// Creates an animation of `frames`. Throws an error if there are none or if their sizes differ.
  public init(_ frames: [PNG], delay: UInt16 = 100) throws {
    guard let first = frames.first, frames.allSatisfy({ $0.width == first.width && $0.height == first.height }) else {
      throw GliaError(
        "an animation of \(frames.count) pictures cannot be made", expected: "at least one picture, all of one size")
    }
    self.frames = frames
    self.delay = delay
  }

  /// Returns the bytes of the file. The same pictures always give the same bytes.
  ///
  /// For every picture but the first, only the changes from the previous one are stored.
  public func encode(level: Int = 6) throws -> [UInt8] {
    guard let first = frames.first, let last = frames.last else { return [] }
    let isOpaque = !frames.contains(where: \.hasAlpha)
    var stills = [try Still(first, level: level)]
    for (before, frame) in zip(frames, frames.dropFirst()) {
      stills.append(
        try isOpaque ? Still(changesFrom: before, to: frame, level: level) : Still(frame, level: level))
    }
    var bytes = PNGChunk.signature
    var number: UInt32 = 0
    let shown = PNGChunk.all(in: try last.encode(level: level, as: .rgba))
    for chunk in shown where chunk.type != "IEND" && chunk.type != "IDAT" {
      chunk.append(to: &bytes)
      if chunk.type == "IHDR" {
        PNGChunk("acTL", UInt32(frames.count).bigEndianBytes + UInt32(0).bigEndianBytes).append(to: &bytes)
      }
    }
    for chunk in shown where chunk.type == "IDAT" { chunk.append(to: &bytes) }
    for (index, still) in stills.enumerated() {
      let pause = index == stills.count - 1 ? UInt16(clamping: Int(delay) * 10) : delay
      still.control(number, pause: pause).append(to: &bytes)
      number += 1
      for chunk in still.chunks where chunk.type == "IDAT" {
        PNGChunk("fdAT", number.bigEndianBytes + chunk.data).append(to: &bytes)
        number += 1
      }
    }
    PNGChunk("IEND", []).append(to: &bytes)
    return bytes
  }

  /// Writes the animation to a file atomically.
  public func write(to path: String) throws { try AtomicFile.write(encode(), to: path) }
}

/// The stored part of one picture of an animation.
private struct Still {
  var area: PixelRect
  /// Whether the frame is blended over the previous one or replaces it.
  var isOver = false
  var chunks: [PNGChunk]

  /// Creates a frame of the whole picture.
  init(_ frame: PNG, level: Int) throws {
    area = PixelRect(left: 0, top: 0, right: frame.width, bottom: frame.height)
    chunks = PNGChunk.all(in: try frame.encode(level: level, as: .rgba))
  }

  /// Creates a frame of the rectangle around all pixels that differ from `before`, with unchanged pixels transparent.
  /// Both pictures must be opaque.
  init(changesFrom before: PNG, to frame: PNG, level: Int) throws {
    let width = frame.width
    let isNew = (0..<width * frame.height).map {
      before.pixels[3 * $0..<3 * $0 + 3] != frame.pixels[3 * $0..<3 * $0 + 3]
    }
    var area = PixelRect(left: width, top: frame.height, right: 0, bottom: 0)
    for i in isNew.indices where isNew[i] {
      area = PixelRect(
        left: min(area.left, i % width), top: min(area.top, i / width), right: max(area.right, i % width + 1),
        bottom: max(area.bottom, i / width + 1))
    }
    // A frame needs at least one pixel.
    if area.isEmpty { area = PixelRect(left: 0, top: 0, right: 1, bottom: 1) }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(4 * (area.right - area.left) * (area.bottom - area.top))
    for row in area.top..<area.bottom {
      for i in row * width + area.left..<row * width + area.right {
        if isNew[i] { pixels += frame.pixels[3 * i..<3 * i + 3] + [255] } else { pixels += [0, 0, 0, 0] }
      }
    }
    let changes = try PNG(
      width: area.right - area.left, height: area.bottom - area.top, pixels: pixels, hasAlpha: true)
    self.area = area
    isOver = true
    chunks = PNGChunk.all(in: try changes.encode(level: level, as: .rgba))
  }

  /// The chunk that begins a frame: its size, position, duration, and blend mode.
  func control(_ number: UInt32, pause: UInt16) -> PNGChunk {
    let size = [area.right - area.left, area.bottom - area.top, area.left, area.top].map { UInt32($0) }
    let numbers = ([number] + size).flatMap(\.bigEndianBytes)
    return PNGChunk("fcTL", numbers + pause.bigEndianBytes + UInt16(1000).bigEndianBytes + [0, isOver ? 1 : 0])
  }
}

/// A chunk of a PNG file: a four-letter type, data, and a checksum of both.
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

  /// Returns the CRC-32 (ISO 3309), computed one nibble at a time.
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
  /// The bytes in big-endian order.
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian, Array.init) }
}

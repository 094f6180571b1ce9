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
  ///
  /// Of every picture but the first, only what differs from the one before is stored.
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

  /// Writes the animation, whole or not at all.
  public func write(to path: String) throws { try AtomicFile.write(encode(), to: path) }
}

/// What is stored of one picture of an animation.
private struct Still {
  var area: PixelRect
  /// Whether it is laid over the picture before, or takes its place.
  var isOver = false
  var chunks: [PNGChunk]

  /// All of a picture.
  init(_ frame: PNG, level: Int) throws {
    area = PixelRect(left: 0, top: 0, right: frame.width, bottom: frame.height)
    chunks = PNGChunk.all(in: try frame.encode(level: level, as: .rgba))
  }

  /// The rectangle around all pixels of `frame` that differ from `before`, those that do not clear. Both are opaque.
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
    // A picture has at least one pixel.
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

  /// The chunk that begins a frame: its size and place, how long it is shown, and how it is laid on what was there.
  func control(_ number: UInt32, pause: UInt16) -> PNGChunk {
    let size = [area.right - area.left, area.bottom - area.top, area.left, area.top].map { UInt32($0) }
    let numbers = ([number] + size).flatMap(\.bigEndianBytes)
    return PNGChunk("fcTL", numbers + pause.bigEndianBytes + UInt16(1000).bigEndianBytes + [0, isOver ? 1 : 0])
  }
}

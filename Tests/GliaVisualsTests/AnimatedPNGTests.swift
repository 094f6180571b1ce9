import GliaCore
import Testing

@testable import GliaVisuals

@Suite struct AnimatedPNGTests {
  private func frame(_ shade: UInt8) throws -> PNG {
    try PNG(width: 3, height: 2, pixels: [UInt8](repeating: shade, count: 18))
  }

  @Test func chunksStandInTheOrderOfTheStandard() throws {
    let bytes = try AnimatedPNG([frame(10), frame(20), frame(30)], delay: 40).encode()
    let found = chunks(of: bytes)
    #expect(found.first?.name == "IHDR" && found.last?.name == "IEND")
    let control = try #require(found.first { $0.name == "acTL" })
    #expect(control.data == [0, 0, 0, 3, 0, 0, 0, 0])
    let animation = found.filter { ["fcTL", "fdAT"].contains($0.name) }
    // Control and data chunks share one sequence of numbers from 0.
    for (number, chunk) in animation.enumerated() { #expect(chunk.data[3] == UInt8(number)) }
    #expect(animation.count { $0.name == "fcTL" } == 3)
    let pauses = animation.filter { $0.name == "fcTL" }.map { Int($0.data[20]) * 256 + Int($0.data[21]) }
    #expect(pauses == [40, 40, 400])
    let order = found.map(\.name)
    #expect(try #require(order.firstIndex(of: "acTL")) < #require(order.firstIndex(of: "IDAT")))
    #expect(try #require(order.lastIndex(of: "IDAT")) < #require(order.firstIndex(of: "fcTL")))
  }

  @Test func viewersWithoutAnimationShowTheLastPicture() throws {
    let picture = try Picture(AnimatedPNG([frame(10), frame(30)]).encode())
    #expect(picture.color(1, 1) == [30, 30, 30])
  }

  /// Returns the pictures as a viewer composes them.
  private func played(_ file: [UInt8]) throws -> [[UInt8]] {
    let all = chunks(of: file)
    let header = try #require(all.first { $0.name == "IHDR" }).data
    func number(_ data: [UInt8], _ at: Int) -> Int { data[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    let (width, height) = (number(header, 0), number(header, 4))
    var pixels = [UInt8](repeating: 0, count: 4 * width * height)
    var pictures: [[UInt8]] = []
    for (index, chunk) in all.enumerated() where chunk.name == "fcTL" {
      let data = chunk.data
      var still = PNGChunk.signature
      PNGChunk("IHDR", Array(data[4..<12]) + header[8...]).append(to: &still)
      for piece in all[(index + 1)...].prefix(while: { $0.name == "fdAT" }) {
        PNGChunk("IDAT", Array(piece.data.dropFirst(4))).append(to: &still)
      }
      PNGChunk("IEND", []).append(to: &still)
      let picture = try Picture(still)
      let (left, top, isOver) = (number(data, 12), number(data, 16), data[25] == 1)
      for y in 0..<picture.height {
        for x in 0..<picture.width where !isOver || picture.alpha(x, y) == 255 {
          let at = 4 * ((top + y) * width + left + x)
          for (k, value) in (picture.color(x, y) + [picture.alpha(x, y)]).enumerated() { pixels[at + k] = UInt8(value) }
        }
      }
      pictures.append(pixels)
    }
    return pictures
  }

  @Test func changesAloneAreStoredAndMakeTheSamePictures() throws {
    let (width, height) = (40, 30)
    let frames = try (0..<6).map { step in
      var canvas = try Canvas(pixelWidth: width, pixelHeight: height)
      canvas.write("title", at: Point(2, 10), .init(9))
      // The third and fourth pictures are equal; the last one clears the previous content.
      let at = step == 3 ? 2 : step
      if step < 5 { canvas.fill(.circle(Point(8 + 5 * Double(at), 20), radius: 5), Color(0x0072B2)) }
      return try canvas.png()
    }
    let file = try AnimatedPNG(frames).encode()
    let expected = frames.map { frame in
      stride(from: 0, to: frame.pixels.count, by: 3).flatMap { frame.pixels[$0..<$0 + 3] + [255] }
    }
    #expect(try played(file) == expected)
    let sizes = chunks(of: file).filter { $0.name == "fcTL" }.map { [Int($0.data[7]), Int($0.data[11])] }
    #expect(sizes[0] == [40, 30] && sizes[1] == [15, 10] && sizes[3] == [1, 1])
    #expect(try Picture(file).pixels == frames[5].pixels)
  }

  @Test func picturesThatShineThroughTakeEachOthersPlace() throws {
    let frames = try [0.2, 0.9, 0.5].map { opacity in
      var canvas = try Canvas(pixelWidth: 5, pixelHeight: 4, background: Color(0xFFFFFF, alpha: 0))
      canvas.fill(.rectangle(Rect(x: 1, y: 1, width: 2, height: 2)), Color(0xD55E00, alpha: opacity))
      return try canvas.png()
    }
    #expect(try played(AnimatedPNG(frames).encode()) == frames.map(\.pixels))
  }

  @Test func framesOfAllKindsShareOneForm() throws {
    let clear = try PNG(width: 3, height: 2, pixels: [UInt8](repeating: 90, count: 24), hasAlpha: true)
    let bytes = try AnimatedPNG([frame(10), clear, frame(30)]).encode()
    #expect(chunks(of: bytes).first?.data[9] == 6)
    #expect(!chunks(of: bytes).contains { $0.name == "PLTE" })
    let picture = try Picture(bytes)
    #expect(picture.color(1, 1) == [30, 30, 30] && picture.alpha(1, 1) == 255)
  }

  @Test func checksumsAreThoseOfTheStandard() {
    #expect(PNGChunk.checksum(Array("IEND".utf8)) == 0xAE42_6082)
    #expect(PNGChunk.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test func refusesNoPicturesAndDifferentSizes() throws {
    #expect(throws: GliaError.self) { try AnimatedPNG([]) }
    let other = try PNG(width: 2, height: 3, pixels: [UInt8](repeating: 0, count: 18))
    #expect(throws: GliaError.self) { try AnimatedPNG([frame(1), other]) }
  }
}

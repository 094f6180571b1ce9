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
    // Control and data chunks are numbered together from 0.
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

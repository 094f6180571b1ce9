import Foundation
import GliaCore
import GliaVisuals
import Testing

@Suite struct PNGTests {
  /// A picture in which every byte differs from its neighbours.
  private func picture(_ text: [PNG.Text] = []) throws -> PNG {
    try PNG(width: 37, height: 11, pixels: (0..<37 * 11 * 3).map { UInt8($0 * 31 % 251) }, text: text)
  }

  @Test(arguments: [0, 3, 9]) func pixelsComeBack(level: Int) throws {
    let png = try picture()
    let decoded = try Picture(png.encode(level: level))
    #expect(decoded.width == 37)
    #expect(decoded.height == 11)
    #expect(decoded.pixels == png.pixels)
  }

  @Test func chunksSayWhatTheyShould() throws {
    let file = try picture([.init("Title", "moons"), .init("Seed", "7"), .init("Comment", "λ = 0.01 · é")]).encode()
    let all = chunks(of: file)
    #expect(all.first?.name == "IHDR")
    #expect(all.last?.name == "IEND")
    #expect(all.contains { $0.name == "sRGB" })
    #expect(!all.contains { $0.name == "tIME" })
    // 144 dots per inch are 5669 dots per metre.
    #expect(all.first { $0.name == "pHYs" }?.data == [0, 0, 0x16, 0x25, 0, 0, 0x16, 0x25, 1])
    #expect(all.filter { $0.name == "tEXt" }.map(\.data) == [Array("Title\0moons".utf8), Array("Seed\u{0}7".utf8)])
    #expect(all.first { $0.name == "iTXt" }?.data == Array("Comment\0\0\0\0\0λ = 0.01 · é".utf8))
  }

  @Test func samePictureSameBytes() throws {
    #expect(try picture([.init("Seed", "7")]).encode() == picture([.init("Seed", "7")]).encode())
  }

  @Test(arguments: [
    (0, 5), (5, 0), (-1, 5), (20_000, 20_000), (100_000_001, 1), (.max, .max), (.max, 2), (1 << 33, 1 << 33),
  ])
  func hostileSizesAreRefused(width: Int, height: Int) {
    #expect(throws: GliaError.self) { try PNG.checkSize(width: width, height: height) }
    #expect(throws: GliaError.self) { try Canvas(pixelWidth: width, pixelHeight: height) }
    #expect(throws: GliaError.self) { try PNG(width: width, height: height, pixels: []) }
  }

  @Test func aWrongNumberOfBytesIsRefused() {
    #expect(throws: GliaError.self) { try PNG(width: 2, height: 2, pixels: [0, 0, 0]) }
  }

  @Test(arguments: ["", " key", "key ", "a  b", "schlüssel", String(repeating: "k", count: 80)])
  func keysThatCannotBeStoredAreRefused(key: String) {
    #expect(throws: GliaError.self) { try picture([.init(key, "value")]).encode() }
  }

  @Test func aZeroByteInATextIsRefused() {
    #expect(throws: GliaError.self) { try picture([.init("key", "a\0b")]).encode() }
  }

  @Test func aPathThatCannotBeWrittenIsAnOutputError() throws {
    let error = #expect(throws: GliaError.self) { try picture().write(to: "/dev/null/figure.png") }
    #expect(error?.category == .output)
  }

  @Test func aFileIsWrittenWhole() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("glia-\(UUID().uuidString).png").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try picture().write(to: path)
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == picture().encode())
  }
}

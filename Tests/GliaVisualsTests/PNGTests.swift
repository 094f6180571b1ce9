import Foundation
import GliaCore
import GliaVisuals
import Testing

@Suite struct PNGTests {
  /// A picture in which every byte differs from its neighbors.
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

  @Test func opacitiesComeBack() throws {
    let rgba = (0..<37 * 11 * 4).map { UInt8($0 * 31 % 251) }
    let decoded = try Picture(PNG(width: 37, height: 11, pixels: rgba, hasAlpha: true).encode())
    #expect(decoded.hasAlpha && !decoded.hasPalette)
    #expect(decoded.alphas == stride(from: 3, to: rgba.count, by: 4).map { rgba[$0] })
    #expect(decoded.pixels == rgba.indices.filter { $0 % 4 != 3 }.map { rgba[$0] })
  }

  @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 255, 256]) func fewColorsBecomeAPalette(count: Int) throws {
    var random = Random(seed: 1)
    let pixels = (0..<90 * 40).flatMap { _ in
      let color = Int(random.next() % UInt64(count))
      return [UInt8(color), UInt8(255 - color), UInt8(color * 7 % 256)]
    }
    let file = try PNG(width: 90, height: 40, pixels: pixels).encode()
    let decoded = try Picture(file)
    #expect(decoded.hasPalette && !decoded.hasAlpha)
    #expect(decoded.pixels == pixels)
    let depths = [1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 16: 4]
    #expect(chunks(of: file).first?.data[8] == UInt8(depths[count] ?? 8))
    #expect(!chunks(of: file).contains { $0.name == "tRNS" })
  }

  @Test func colorsThatShineThroughHaveAPaletteToo() throws {
    let colors: [[UInt8]] = [[9, 8, 7, 255], [200, 0, 0, 90], [0, 200, 0, 255], [0, 0, 0, 0]]
    let pixels = (0..<60 * 50).flatMap { colors[$0 * $0 / 11 % 4] }
    let file = try PNG(width: 60, height: 50, pixels: pixels, hasAlpha: true).encode()
    let decoded = try Picture(file)
    #expect(decoded.hasPalette && decoded.hasAlpha)
    #expect(decoded.alphas == stride(from: 3, to: pixels.count, by: 4).map { pixels[$0] })
    #expect(decoded.color(5, 0) == colors[5 * 5 / 11 % 4].prefix(3).map(Int.init))
    // There are only as many opacities as translucent colors.
    #expect(chunks(of: file).first { $0.name == "tRNS" }?.data.count == 2)
  }

  @Test func aPaletteThatSavesNothingIsLeftOut() throws {
    let tiny = try PNG(width: 2, height: 1, pixels: [1, 2, 3, 250, 240, 230])
    #expect(!(try Picture(tiny.encode()).hasPalette))
    // 257 colors are too many.
    let many = try PNG(width: 257, height: 2, pixels: (0..<514).flatMap { [UInt8($0 % 257 / 2), UInt8($0 % 2), 0] })
    #expect(try Picture(many.encode()).pixels == many.pixels)
  }

  @Test func onePixelIsAPicture() throws {
    var canvas = try Canvas(pixelWidth: 1, pixelHeight: 1)
    canvas.fill(.rectangle(canvas.bounds), Color(0x0072B2))
    let picture = try canvas.decoded()
    #expect(picture.width == 1 && picture.height == 1 && picture.color(0, 0) == [0x00, 0x72, 0xB2])
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

  @Test func aFullDiskIsAnOutputError() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("glia-\(UUID().uuidString).png").path
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = #expect(throws: GliaError.self) { try picture().write(to: path) }
    #expect(error?.category == .output)
    // The previous file is still there, and no other file.
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "/dev/full")
  }

  @Test func aFileIsWrittenWhole() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("glia-\(UUID().uuidString).png").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try picture().write(to: path)
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == picture().encode())
  }
}

import Foundation
import Testing

/// The output folder of `Examples/Gallery`, from the environment variable `GLIA_GALLERY`.
private let drawn = ProcessInfo.processInfo.environment["GLIA_GALLERY"]

private let kept = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Visuals/Gallery")
  .standardized.path

@Suite struct GalleryTests {
  private func pictures(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".png") }.sorted()
  }

  private func file(_ name: String, in folder: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
  }

  @Test(.enabled(if: drawn != nil)) func whatIsDrawnIsWhatIsShown() throws {
    let drawn = try #require(drawn)
    let names = try pictures(in: kept)
    #expect(try pictures(in: drawn) == names && names.count > 20)
    for name in names {
      let (new, old) = try (file(name, in: drawn), file(name, in: kept))
      // Most files are byte-identical.
      guard new != old else { continue }
      let difference = try PictureDifference(Picture(new), Picture(old))
      #expect(difference.isInvisible, "\(name): \(difference)")
    }
  }

  @Test func differencesAreFound() throws {
    let picture = try Picture(file("loss.png", in: kept))
    func differs(at count: Int, by amount: UInt8) -> Bool {
      var pixels = picture.pixels
      for place in 0..<count { pixels[3 * place] ^= amount }
      return !PictureDifference(pixels, picture.pixels).isInvisible
    }
    let pixels = picture.width * picture.height
    #expect(!differs(at: 0, by: 0) && !differs(at: pixels / 1000, by: 128) && !differs(at: pixels, by: 1))
    #expect(differs(at: pixels / 1000 + 2, by: 16) && differs(at: pixels, by: 2))
  }
}

/// The difference between two pictures.
struct PictureDifference: CustomStringConvertible {
  /// The mean difference over all pixels and channels, from 0 to 255.
  let mean: Double
  /// The fraction of pixels with a channel that differs by more than 8.
  let off: Double

  /// Pictures of different sizes differ as much as possible.
  init(_ one: Picture, _ other: Picture) {
    let isOfOneSize = one.width == other.width && one.height == other.height
    self.init(one.pixels, isOfOneSize ? other.pixels : one.pixels.map { 255 - $0 })
  }

  init(_ one: [UInt8], _ other: [UInt8]) {
    let differences = zip(one, other).map { $0 > $1 ? Int($0 - $1) : Int($1 - $0) }
    mean = Double(differences.reduce(0, +)) / Double(max(differences.count, 1))
    let pixels = stride(from: 0, to: differences.count, by: 3)
    off = Double(pixels.count { differences[$0..<$0 + 3].contains { $0 > 8 } }) / Double(max(differences.count / 3, 1))
  }

  var isInvisible: Bool { mean < 0.5 && off <= 0.001 }
  var description: String { "\(mean) of 255 on average, \(100 * off) % of the pixels by more than 8" }
}

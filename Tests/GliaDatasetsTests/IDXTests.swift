import Foundation
import Glia
import Testing

/// IDX files, the format of MNIST: valid and invalid files.
struct IDXTests {
  /// Three images of 2 × 2: 0, 20, ..., 220.
  static let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2] + (0..<12).map { 20 * $0 }
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 7]
  /// The same data, compressed with Python's gzip.
  static let packedImages = "H4sIAAAAAAACA2Ng4GBmYGAAYSYwFtGwCUip6Fmw5cQdAL1JqB8cAAAA"
  static let packedLabels = "H4sIAAAAAAACA2Ng4GBkYGBgZmdgBwCiP2uVCwAAAA=="
  /// The images as two consecutive gzip members.
  static let twoPieces = "H4sIAAAAAAACA2Ng4GBmYGAAYgAH18EDCgAAAB+LCAAAAAAAAgNjYGJgYGBiENGwCUip6Fmw5cQdABXoGeMSAAAA"

  private func withFiles(_ images: [UInt8], _ labels: [UInt8], _ body: (IDX) throws -> Void) throws {
    try withFile(bytes: images, name: "images.gz") { images in
      try withFile(bytes: labels, name: "labels") { labels in try body(IDX(images: images, labels: labels)) }
    }
  }

  private func unpacked(_ text: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: text))) }

  @Test(arguments: [nil, packedImages, twoPieces])
  func imagesAreRead(packed: String?) throws {
    try withFiles(try packed.map(unpacked) ?? Self.images, Self.labels) { source in
      let data = try source.load()
      #expect(data.name == "images" && data.inputs.shape == [3, 4] && data.inputNames == ["x1", "x2", "x3", "x4"])
      #expect(data.inputs.values == (0..<12).map { Float(20 * $0) / 255 })
      #expect(data.targets == [Column("class", [7, 0, 7]).asClasses] && data.targets[0].classes == ["0", "7"])
    }
  }

  @Test func settingsDecideWhatIsRead() throws {
    try withFiles(try unpacked(Self.packedImages), try unpacked(Self.packedLabels)) { source in
      var source = source
      (source.scale, source.limit, source.flatten) = (false, 2, false)
      let data = try source.load()
      #expect(data.inputs.shape == [2, 2, 2] && data.inputs.values == [0, 20, 40, 60, 80, 100, 120, 140])
      #expect(data.targets == [Column("class", [7, 0]).asClasses])
      source.limit = 1000
      #expect(try source.load().count == 3)
    }
  }

  @Test(
    arguments: [
      (0x09, [0xFF, 0x7F], [-1, 127]), (0x0B, [0xFF, 0xFE, 0x01, 0x00], [-2, 256]),
      (0x0C, [0xFF, 0xFF, 0xFF, 0xFD, 0, 1, 0, 0], [-3, 65536]),
      (0x0D, [0x3F, 0xC0, 0, 0, 0xC0, 0x49, 0x0F, 0xDB], [1.5, -3.1415927]),
      (0x0E, [0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xBF, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A], [1.5, -0.1]),
    ] as [(UInt8, [UInt8], [Float])])
  func allTypesAreRead(type: UInt8, bytes: [UInt8], numbers: [Float]) throws {
    try withFiles([0, 0, type, 1, 0, 0, 0, 2] + bytes, [0, 0, 8, 1, 0, 0, 0, 2, 1, 2]) { source in
      let data = try source.load()
      #expect(data.inputs.shape == [2, 1] && data.inputs.values == numbers)
    }
  }

  @Test(
    arguments: [
      ([], "does not start"), ([1, 0, 8, 1, 0, 0, 0, 1, 5], "does not start"),
      ([0, 0, 10, 1, 0, 0, 0, 1, 5], "does not start"),
      ([0, 0, 8, 0], "does not start"), ([0, 0, 8, 2, 0, 0, 0, 1], "header is cut off"),
      ([0, 0, 8, 1, 0, 0, 0, 0], "no numbers"), ([0, 0, 8, 2, 0, 0, 0, 5, 0, 0, 0, 0], "no numbers"),
      ([0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF, 1], "cut off"), ([0, 0, 8, 1, 0, 0, 0, 3, 1, 2], "cut off"),
      ([0, 0, 8, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], "cannot be created"),
      ([0, 0, 0x0E, 3] + [UInt8](repeating: 0x7F, count: 12), "cannot be created"),
      ([0, 0, 8, 255] + [UInt8](repeating: 255, count: 1020), "cannot be created"),
      ([0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3, 4], "bytes follow"), ([0x1F, 0x8B], "cut off"),
      ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0], "damaged"),
      ([0, 0, 0x0D, 1, 0, 0, 0, 3, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "feature is inf"),
    ] as [([UInt8], String)])
  func otherFilesAreRefused(images: [UInt8], what: String) throws {
    try withFiles(images, Self.labels) { source in
      let error = try #require(throws: GliaError.self) { _ = try source.load() }
      #expect(error.what.contains(what), "\(error)")
      #expect(error.category == .description)
    }
  }

  @Test func compressedFilesAreReadNoFurtherThanTheirHeaderSays() throws {
    // The header announces ten values, but a million zeros follow, which gzip compresses to a thousand bytes.
    let bomb = "H4sIAAAAAAACA+3BMREAMAgAsWfr4V8wQpqk3lQb" + String(repeating: "A", count: 1290) + "DwrQPq6zgJSEIPAA=="
    try withFiles(try unpacked(bomb), Self.labels) { source in
      let error = try #require(throws: GliaError.self) { _ = try source.load() }
      #expect(error.what.contains("labels of shape [3]"))
    }
    try withFiles(try unpacked(bomb), [0, 0, 8, 1, 0, 0, 0, 10] + [UInt8](repeating: 1, count: 10)) { source in
      let error = try #require(throws: GliaError.self) { _ = try source.load() }
      #expect(error.what == "bytes follow the last number", "\(error)")
    }
  }

  @Test func cutFilesAreRefused() throws {
    for images in [Self.images, try unpacked(Self.packedImages), try unpacked(Self.twoPieces)] {
      for length in images.indices {
        try withFiles(Array(images[..<length]), Self.labels) { source in
          #expect(throws: GliaError.self, "\(length) of \(images.count) bytes") { try source.load() }
        }
      }
    }
    for length in Self.labels.indices {
      try withFiles(Self.images, Array(Self.labels[..<length])) { source in
        #expect(throws: GliaError.self) { try source.load() }
      }
    }
  }

  @Test func bytesAfterACompressedFileAreRefused() throws {
    for rest in [[0], [0x1F], [1, 2, 3], Self.images] {
      try withFiles(try unpacked(Self.packedImages) + rest, Self.labels) { source in
        #expect(throws: GliaError.self) { try source.load() }
      }
    }
  }

  @Test func mutatedFilesEndInAMessageOrInNumbers() throws {
    var random = Random(seed: 8)
    let sources = [Self.images, try unpacked(Self.packedImages)]
    for round in 0..<600 {
      var images = sources[round % 2]
      for _ in 0...random.below(3) { images[random.below(images.count)] = UInt8(random.below(256)) }
      try withFiles(images, Self.labels) { source in
        do {
          let data = try source.load()
          #expect(data.count == 3)
        } catch {
          #expect(error is GliaError)
        }
      }
    }
  }

  @Test func missingFilesAreInputsThatMiss() throws {
    let error = try #require(throws: GliaError.self) { _ = try IDX(images: "/nowhere", labels: "/nowhere").load() }
    #expect(error.category == .missingInput)
  }

  @Test func bothPathsMoveWithTheExperiment() throws {
    let located = try #require(IDX(images: "a", labels: "../b").located(in: "/data/set") as? IDX)
    #expect(located.images == "/data/set/a" && located.labels == "/data/b")
    let relative = try #require(located.relative(to: "/data") as? IDX)
    #expect(relative.images == "set/a" && relative.labels == "b")
  }
}

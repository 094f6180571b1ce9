import GliaCore

/// A file in MNIST's IDX format: two zero bytes, the number type, the number of axes, their lengths as 32-bit integers, then
/// the numbers in row-major order, all big-endian; it may be compressed with gzip.
struct IDXFile {
  /// The number type, by its byte in the header.
  enum Element: UInt8 {
    case unsignedByte = 0x08
    case signedByte = 0x09
    case short = 0x0B
    case int = 0x0C
    case float = 0x0D
    case double = 0x0E

    /// The size of a number in bytes.
    var size: Int {
      switch self {
      case .unsignedByte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }
  }

  /// The length of each axis, the samples first.
  let shape: [Int]
  /// The number type.
  let element: Element
  private let file: GzipFile

  /// The number of features per sample.
  var width: Int { shape.dropFirst().reduce(1, *) }

  /// Reads the header; throws for any other format, and if the file is too short for its shape.
  init(path: String) throws {
    file = try GzipFile(path)
    let start = try file.read(4)
    guard start.count == 4, start[0] == 0, start[1] == 0, let element = Element(rawValue: start[2]), start[3] > 0 else {
      throw file.failure(
        file.binarySort.map { "this is \($0)" } ?? "the file does not start with an IDX header: \(start)",
        expected: "an IDX file: two zero bytes, a type (8, 9, 11, 12, 13 or 14) and the number of axes")
    }
    let sizes = try file.read(4 * Int(start[3]))
    guard sizes.count == 4 * Int(start[3]) else { throw file.failure("the header is cut off") }
    let shape = stride(from: 0, to: sizes.count, by: 4).map { Int(UInt32(bigEndian: sizes, at: $0)) }
    let (bytes, overflow) = try shape.elementCount().multipliedReportingOverflow(by: element.size)
    guard bytes > 0 else { throw file.failure("there are no numbers: the shape is \(shape)") }
    guard !overflow, bytes <= file.mostBytes else {
      throw file.failure("the file is cut off", expected: "\(bytes) bytes after the header, for the shape \(shape)")
    }
    (self.shape, self.element) = (shape, element)
  }

  /// Reads the first `samples` samples, divided by `divisor`; throws if there are too few, or data after the last one.
  func numbers(samples: Int, divisor: Float = 1) throws -> [Float] {
    let count = try Memory.require(
      [samples, width], for: "a data set of shape \([samples] + shape.dropFirst())", share: 0.2,
      remedy: "read fewer samples with limit")
    var numbers: [Float] = []
    numbers.reserveCapacity(count)
    while numbers.count < count {
      let wanted = min(count - numbers.count, 1 << 16) * element.size
      let bytes = try file.read(wanted)
      guard bytes.count == wanted else {
        throw file.failure("the file is cut off", expected: "\(count) numbers, for the shape \(shape)")
      }
      for place in stride(from: 0, to: wanted, by: element.size) {
        numbers.append(element.number(in: bytes, at: place) / divisor)
      }
    }
    guard try samples < shape[0] || file.read(1).isEmpty else {
      throw file.failure("bytes follow the last number", expected: "\(count) numbers, for the shape \(shape)")
    }
    return numbers
  }
}

extension IDXFile.Element {
  /// Reads the number at offset `place`.
  fileprivate func number(in bytes: [UInt8], at place: Int) -> Float {
    switch self {
    case .unsignedByte: Float(bytes[place])
    case .signedByte: Float(Int8(bitPattern: bytes[place]))
    case .short: Float(Int16(bitPattern: UInt16(bigEndian: bytes, at: place)))
    case .int: Float(Int32(bitPattern: UInt32(bigEndian: bytes, at: place)))
    case .float: Float(bitPattern: UInt32(bigEndian: bytes, at: place))
    case .double: Float(Double(bitPattern: UInt64(bigEndian: bytes, at: place)))
    }
  }
}

extension FixedWidthInteger where Self: UnsignedInteger {
  /// Reads a big-endian number at offset `place`.
  fileprivate init(bigEndian bytes: [UInt8], at place: Int) {
    self = bytes[place..<place + Self.bitWidth / 8].reduce(0) { $0 << 8 | Self($1) }
  }
}

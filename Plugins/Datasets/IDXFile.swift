import GliaCore

/// A file in the format of MNIST, IDX: two zero bytes, the type of the numbers, how many axes, their lengths as 32-bit
/// numbers, then the numbers row by row, all big-endian; it may be compressed with gzip.
struct IDXFile {
  /// The type of the numbers, by its byte in the header.
  enum Element: UInt8 {
    case unsignedByte = 0x08
    case signedByte = 0x09
    case short = 0x0B
    case int = 0x0C
    case float = 0x0D
    case double = 0x0E

    /// How many bytes a number has.
    var size: Int {
      switch self {
      case .unsignedByte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }
  }

  /// The length of every axis, the samples first.
  let shape: [Int]
  /// The type of the numbers.
  let element: Element
  private let file: GzipFile

  /// How many numbers a sample has.
  var width: Int { shape.dropFirst().reduce(1, *) }

  /// Reads the header; throws for another format, and for sizes that the file cannot hold.
  init(path: String) throws {
    file = try GzipFile(path)
    let start = try file.read(4)
    guard start.count == 4, start[0] == 0, start[1] == 0, let element = Element(rawValue: start[2]), start[3] > 0 else {
      throw file.failure(
        "the file does not begin as IDX does: \(start)",
        expected: "two zeros, a type (8, 9, 11, 12, 13 or 14) and how many axes")
    }
    let sizes = try file.read(4 * Int(start[3]))
    guard sizes.count == 4 * Int(start[3]) else { throw file.failure("the header is cut off") }
    let shape = stride(from: 0, to: sizes.count, by: 4).map { Int(UInt32(bigEndian: sizes, at: $0)) }
    let (bytes, overflow) = try shape.elementCount().multipliedReportingOverflow(by: element.size)
    guard bytes > 0 else { throw file.failure("there are no numbers: the shape is \(shape)") }
    guard !overflow, bytes <= file.mostBytes else {
      throw file.failure("the file is cut off", expected: "\(bytes) bytes below the header, for the shape \(shape)")
    }
    (self.shape, self.element) = (shape, element)
  }

  /// The numbers of the first `samples` samples, divided by `divisor`; throws if there are fewer, or more than all of them.
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
  /// The number that stands at `place`.
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
  /// The number whose bytes begin at `place`, the most significant one first.
  fileprivate init(bigEndian bytes: [UInt8], at place: Int) {
    self = bytes[place..<place + Self.bitWidth / 8].reduce(0) { $0 << 8 | Self($1) }
  }
}

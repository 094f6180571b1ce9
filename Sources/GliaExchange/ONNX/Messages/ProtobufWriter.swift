/// Writes a message in the wire format of Protocol Buffers.
///
/// Source: Google, "Protocol Buffers: encoding" (2008).
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  /// Writes a whole number, of seven bits per byte, the lowest first.
  mutating func write(_ number: Int64, as field: Int) {
    begin(field, .varint)
    append(varint: UInt64(bitPattern: number))
  }

  mutating func write(_ number: Float, as field: Int) {
    begin(field, .fixed32)
    Self.append(number.bitPattern, to: &bytes)
  }

  mutating func write(_ text: String, as field: Int) { write(Array(text.utf8), as: field) }

  mutating func write(_ content: [UInt8], as field: Int) {
    begin(field, .bytes)
    append(varint: UInt64(content.count))
    bytes += content
  }

  mutating func write(_ message: some ProtobufWritable, as field: Int) {
    var inner = ProtobufWriter()
    message.write(to: &inner)
    write(inner.bytes, as: field)
  }

  mutating func write(_ messages: [some ProtobufWritable], as field: Int) {
    for message in messages { write(message, as: field) }
  }

  /// Writes numbers as their bits, little-endian, without marks between them.
  mutating func write<Bits: FixedWidthInteger>(raw numbers: some Sequence<Bits>, as field: Int) {
    var content: [UInt8] = []
    content.reserveCapacity(numbers.underestimatedCount * Bits.bitWidth / 8)
    for number in numbers { Self.append(number, to: &content) }
    write(content, as: field)
  }

  mutating func write(_ texts: [String], as field: Int) {
    for text in texts { write(text, as: field) }
  }

  /// Writes a text unless it is empty, which is what a missing one means.
  mutating func write(optional text: String, as field: Int) {
    if !text.isEmpty { write(text, as: field) }
  }

  /// Writes numbers one by one: ONNX does not declare the numbers of attributes and the lengths of axes as packed.
  mutating func write(_ numbers: [Int64], as field: Int) {
    for number in numbers { write(number, as: field) }
  }

  mutating func write(_ numbers: [Float], as field: Int) {
    for number in numbers { write(number, as: field) }
  }

  private mutating func begin(_ field: Int, _ type: ProtobufWireType) {
    append(varint: UInt64(field) << 3 | UInt64(type.rawValue))
  }

  private mutating func append(varint number: UInt64) {
    var rest = number
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func append<Bits: FixedWidthInteger>(_ bits: Bits, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: Bits.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
  }
}

/// How the value of a field is stored.
enum ProtobufWireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case bytes = 2
  case groupStart = 3
  case groupEnd = 4
  case fixed32 = 5
}

/// A message that reads itself.
protocol ProtobufReadable {
  init()
  /// Takes a field; one that the message does not know is ignored.
  mutating func read(_ field: ProtobufField) throws
}

extension ProtobufReadable {
  /// Reads the message; throws if the bytes are damaged.
  init(_ bytes: ArraySlice<UInt8>) throws {
    self.init()
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() { try read(field) }
  }
}

/// A message that writes itself.
protocol ProtobufWritable {
  /// Writes all fields.
  func write(to writer: inout ProtobufWriter)
}

typealias ProtobufMessage = ProtobufReadable & ProtobufWritable

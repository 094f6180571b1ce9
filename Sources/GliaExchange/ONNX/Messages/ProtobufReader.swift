import Glia

/// Reads the fields of a message in the wire format of Protocol Buffers, one after the other.
struct ProtobufReader {
  private var rest: ArraySlice<UInt8>
  private let count: Int

  init(_ bytes: ArraySlice<UInt8>) { (rest, count) = (bytes, bytes.count) }

  /// Returns the next field; nil at the end. Groups, which no current format uses, are skipped.
  mutating func next() throws -> ProtobufField? {
    var depth = 0
    while !rest.isEmpty {
      let key = try varint()
      guard let number = Int(exactly: key >> 3), number > 0, number < 1 << 29,
        let type = ProtobufWireType(rawValue: UInt8(key & 7))
      else { throw failure("an invalid field") }
      switch type {
      case .groupStart: depth += 1
      case .groupEnd:
        guard depth > 0 else { throw failure("a group ends that did not begin") }
        depth -= 1
      case .varint, .fixed32, .fixed64, .bytes:
        let value = try value(type)
        if depth == 0 { return ProtobufField(number: number, value: value) }
      }
    }
    guard depth == 0 else { throw failure("a group does not end") }
    return nil
  }

  private mutating func value(_ type: ProtobufWireType) throws -> ProtobufField.Value {
    switch type {
    case .varint: return .varint(try varint())
    case .fixed64: return .fixed64(try fixed(8))
    case .fixed32: return .fixed32(UInt32(truncatingIfNeeded: try fixed(4)))
    case .bytes, .groupStart, .groupEnd:
      let length = try varint()
      guard length <= UInt64(rest.count) else {
        throw failure("a field of \(length) bytes, but only \(rest.count) follow")
      }
      return .bytes(take(Int(length)))
    }
  }

  mutating func varint() throws -> UInt64 {
    var number: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw failure("the bytes end within a number") }
      // The tenth byte has room for one bit.
      guard shift < 63 || byte < 2 else { break }
      number |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return number }
    }
    throw failure("a number of more than 64 bits")
  }

  /// Reads a little-endian number of `size` bytes.
  mutating func fixed(_ size: Int) throws -> UInt64 {
    guard rest.count >= size else { throw failure("the bytes end within a number") }
    return take(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  var isAtEnd: Bool { rest.isEmpty }

  private mutating func take(_ size: Int) -> ArraySlice<UInt8> {
    defer { rest = rest.dropFirst(size) }
    return rest.prefix(size)
  }

  private func failure(_ what: String) -> GliaError {
    GliaError(
      "the file is damaged: \(what)", at: "byte \(count - rest.count) of a message", expected: "an ONNX file",
      remedy: "download or copy the file again if it was truncated")
  }
}

/// A field of a message.
struct ProtobufField {
  /// A value as it is stored.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)
  }

  let number: Int
  let value: Value

  /// The value as a whole number.
  func int() throws -> Int64 {
    guard case .varint(let bits) = value else { throw mismatch("a whole number") }
    return Int64(bitPattern: bits)
  }

  func float() throws -> Float {
    guard case .fixed32(let bits) = value else { throw mismatch("a float") }
    return Float(bitPattern: bits)
  }

  func content() throws -> ArraySlice<UInt8> {
    guard case .bytes(let bytes) = value else { throw mismatch("bytes") }
    return bytes
  }

  /// The value as text; bytes that are not UTF-8 become replacement characters.
  func text() throws -> String { String(decoding: try content(), as: UTF8.self) }

  func message<Message: ProtobufReadable>() throws -> Message { try Message(content()) }

  /// The numbers of a repeated field, packed or a single one.
  func ints() throws -> [Int64] {
    guard case .bytes(let bytes) = value else { return [try int()] }
    return try numbers(bytes) { Int64(bitPattern: try $0.varint()) }
  }

  func floats() throws -> [Float] {
    guard case .bytes(let bytes) = value else { return [try float()] }
    return try numbers(bytes) { Float(bitPattern: UInt32(truncatingIfNeeded: try $0.fixed(4))) }
  }

  func doubles() throws -> [Double] {
    if case .fixed64(let bits) = value { return [Double(bitPattern: bits)] }
    return try numbers(content()) { Double(bitPattern: try $0.fixed(8)) }
  }

  private func numbers<Number>(
    _ bytes: ArraySlice<UInt8>, _ next: (inout ProtobufReader) throws -> Number
  ) throws -> [Number] {
    var (reader, numbers) = (ProtobufReader(bytes), [Number]())
    while !reader.isAtEnd { numbers.append(try next(&reader)) }
    return numbers
  }

  private func mismatch(_ expected: String) -> GliaError {
    GliaError(
      "field \(number) of a message has another type", expected: "\(expected), as in an ONNX file",
      remedy: "check that this is an ONNX file")
  }
}

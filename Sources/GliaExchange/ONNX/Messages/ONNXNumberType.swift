import Glia

/// The type of the elements of a tensor, by its number in the ONNX format.
public enum ONNXNumberType: Int64, Hashable, Sendable {
  case float = 1
  case uint8 = 2
  case int8 = 3
  case uint16 = 4
  case int16 = 5
  case int32 = 6
  case int64 = 7
  case string = 8
  case bool = 9
  case float16 = 10
  case double = 11
  case uint32 = 12
  case uint64 = 13
  case bfloat16 = 16

  /// The number of bytes per element; 0 for texts.
  var size: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .float, .int32, .uint32: 4
    case .double, .int64, .uint64: 8
    case .string: 0
    }
  }

  /// Returns the elements stored as `raw` bytes, little-endian.
  func values(raw: ArraySlice<UInt8>) throws -> ONNXTensor.Values {
    guard size > 0, raw.count % size == 0 else {
      throw GliaError("\(raw.count) bytes", expected: "a multiple of \(size), the size of an element")
    }
    var (reader, bits) = (ProtobufReader(raw), [UInt64]())
    bits.reserveCapacity(raw.count / size)
    while !reader.isAtEnd { bits.append(try reader.fixed(size)) }
    return try checkedValues(ofBits: bits)
  }

  /// Returns the elements whose bits are given; throws if one is too large for int64.
  func checkedValues(ofBits bits: [UInt64]) throws -> ONNXTensor.Values {
    guard let values = values(ofBits: bits) else {
      throw GliaError("a number is too large", expected: "whole numbers below 2^63")
    }
    return values
  }

  /// Returns the elements whose bits, as stored in a file, are given; nil if one is too large for int64.
  private func values(ofBits bits: [UInt64]) -> ONNXTensor.Values? {
    func ints<Number: FixedWidthInteger>(_: Number.Type) -> ONNXTensor.Values {
      .ints(bits.map { Int64(truncatingIfNeeded: Number(truncatingIfNeeded: $0)) })
    }
    switch self {
    case .float: return .floats(bits.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) })
    case .double: return .doubles(bits.map { Double(bitPattern: $0) })
    case .bfloat16: return .floats(bits.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16) })
    case .float16: return .floats(bits.map { Float(half: UInt16(truncatingIfNeeded: $0)) })
    case .uint8: return ints(UInt8.self)
    case .int8: return ints(Int8.self)
    case .uint16: return ints(UInt16.self)
    case .int16: return ints(Int16.self)
    case .uint32: return ints(UInt32.self)
    case .int32: return ints(Int32.self)
    case .int64: return ints(Int64.self)
    case .uint64: return bits.contains { $0 > UInt64(Int64.max) } ? nil : ints(UInt64.self)
    case .bool: return .ints(bits.map { $0 == 0 ? 0 : 1 })
    case .string: return nil
    }
  }
}

extension Float {
  /// Creates the value of a binary16 number (IEEE 754): `Float16` is not available on every system.
  fileprivate init(half: UInt16) {
    let (sign, exponent, fraction) = (UInt32(half & 0x8000) << 16, UInt32(half >> 10 & 0x1F), UInt32(half & 0x3FF))
    self =
      switch exponent {
      case 0: Float(bitPattern: sign | (Float(fraction) * 0x1p-24).bitPattern)
      case 31: Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
      default: Float(bitPattern: sign | (exponent + 127 - 15) << 23 | fraction << 13)
      }
  }
}

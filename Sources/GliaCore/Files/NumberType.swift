/// The supported number types, by their names in the safetensors format.
enum NumberType: String {
  case float64 = "F64"
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"

  /// The number of bytes per number.
  var size: Int {
    switch self {
    case .float64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    }
  }

  /// Returns the numbers of little-endian bytes, rounded to float32; `nil` if a finite one becomes infinite.
  func floats(in bytes: UnsafeRawBufferPointer) -> [Float]? {
    let count = bytes.count / size
    switch self {
    case .float32:
      return [Float](unsafeUninitializedCapacity: count) { floats, initialized in
        UnsafeMutableRawBufferPointer(floats).copyMemory(from: bytes)
        initialized = count
      }
    case .float64:
      let doubles = (0..<count).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
      let floats = doubles.map { Float($0) }
      return zip(doubles, floats).allSatisfy { $0.isFinite == $1.isFinite } ? floats : nil
    case .float16:
      return (0..<count).map { Self.float(half: bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)) }
    case .bfloat16:
      // A bfloat16 is the upper half of a float32.
      return (0..<count).map {
        Float(bitPattern: UInt32(bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)) << 16)
      }
    }
  }

  /// Returns the value of a binary16 number (IEEE 754): `Float16` is not available on every system.
  static func float(half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let exponent = UInt32(half >> 10 & 0x1F)
    let fraction = UInt32(half & 0x3FF)
    switch exponent {
    case 0: return Float(bitPattern: sign | (Float(fraction) * 0x1p-24).bitPattern)
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 127 - 15) << 23 | fraction << 13)
    }
  }
}

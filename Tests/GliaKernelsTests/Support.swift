import GliaKernels
import GliaKernels.Variants
import Testing

/// A set of kernels under test: each instruction set that this machine supports, and the public functions.
struct Variant: CustomTestStringConvertible, Sendable {
  /// The instruction set; nil for the public functions.
  var isa: glia_isa?

  var kernels: glia_kernels {
    guard let isa, let table = glia_kernels_for(isa) else { return .published }
    return table.pointee
  }

  var testDescription: String { isa.map { String(cString: glia_isa_name($0)) } ?? "public" }

  static let all: [Variant] =
    [Variant(isa: nil)]
    + [GLIA_PORTABLE, GLIA_AVX2, GLIA_AVX512].filter { glia_kernels_for($0) != nil }.map { Variant(isa: $0) }
}

/// Sizes around the widths of vectors and tiles.
let oddSizes = [0, 1, 2, 3, 5, 7, 15, 16, 17, 31, 33, 63, 65, 100, 257]

/// A small reproducible random generator (SplitMix64).
struct Noise {
  var state: UInt64 = 1

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number in -1..<1.
  mutating func float() -> Float { Float(next() >> 40) / 8_388_608 - 1 }
  mutating func floats(_ count: Int, times scale: Float = 1) -> [Float] { (0..<count).map { _ in float() * scale } }
}

/// Unaligned floats between guard words.
final class Buffer {
  private static let guardWord: Float = -98765.4
  private let memory: UnsafeMutableBufferPointer<Float>
  private let original: [Float]
  let count: Int

  init(_ values: [Float]) {
    count = values.count
    original = values
    memory = .allocate(capacity: values.count + 34)
    memory.initialize(repeating: Self.guardWord)
    for (i, value) in values.enumerated() { memory[17 + i] = value }
  }

  convenience init(count: Int) { self.init(Array(repeating: 4321, count: count)) }

  deinit { memory.deallocate() }

  var pointer: UnsafeMutablePointer<Float>? { memory.baseAddress.map { $0 + 17 } }
  var values: [Float] { Array(memory[17..<17 + count]) }
  /// Whether nothing was written before or after the elements.
  var isIntact: Bool {
    memory[..<17].allSatisfy { $0 == Self.guardWord } && memory[(17 + count)...].allSatisfy { $0 == Self.guardWord }
  }
  /// Whether nothing was written at all. Checking this after a call also keeps an input alive during the call.
  var isUntouched: Bool { isIntact && bits(values) == bits(original) }
}

/// The bits, which distinguish NaN and -0 although `==` does not.
func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }

/// The difference between `value` and the exact `reference`, in units in the last place of the reference as a Float.
func ulps(_ value: Float, _ reference: Double) -> Double {
  let nearest = Float(reference)
  if value.isNaN || nearest.isNaN { return value.isNaN && nearest.isNaN ? 0 : .infinity }
  if value == nearest { return 0 }
  if nearest.isInfinite || value.isInfinite {
    return abs(reference) > 3.4028e38 && abs(Double(value)) > 3.4028e38 && (value > 0) == (reference > 0)
      ? 1 : .infinity
  }
  return abs(Double(value) - reference) / Double(nearest.ulp)
}

extension glia_kernels {
  /// The public functions as a table.
  static var published: glia_kernels {
    glia_kernels(
      matmul_nt: glia_matmul_nt, matmul_nn: glia_matmul_nn, matmul_tn: glia_matmul_tn, sum_rows: glia_sum_rows,
      exp: glia_exp, softplus: glia_softplus, sigmoid: glia_sigmoid, tanh: glia_tanh,
      relu: glia_relu, leaky_relu: glia_leaky_relu, elu: glia_elu, gelu: glia_gelu, gelu_tanh: glia_gelu_tanh,
      tanh_pullback: glia_tanh_pullback, sigmoid_pullback: glia_sigmoid_pullback,
      relu_pullback: glia_relu_pullback,
      leaky_relu_pullback: glia_leaky_relu_pullback, elu_pullback: glia_elu_pullback,
      gelu_pullback: glia_gelu_pullback, gelu_tanh_pullback: glia_gelu_tanh_pullback,
      softmax: glia_softmax, softmax_pullback: glia_softmax_pullback,
      sigmoid_crossentropy: glia_sigmoid_crossentropy, softmax_crossentropy: glia_softmax_crossentropy,
      softmax_crossentropy_labels: glia_softmax_crossentropy_labels,
      sgd: glia_sgd, momentum: glia_momentum, nesterov: glia_nesterov, rmsprop: glia_rmsprop, adam: glia_adam,
      sum: glia_sum, sum_of_squares: glia_sum_of_squares, all_finite: glia_all_finite,
      axpy: glia_axpy, scale: glia_scale, gather_rows: glia_gather_rows)
  }
}

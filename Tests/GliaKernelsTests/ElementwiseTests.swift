import Foundation
import GliaKernels
import GliaKernels.Variants
import Testing

private func normalTail(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
private func sigmoid(_ z: Double) -> Double { z > 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z)) }
private func inner(_ z: Double) -> Double { 2 * (2 / Double.pi).squareRoot() * (z + 0.044715 * z * z * z) }

@Suite struct ElementwiseTests {
  /// Bit patterns across all floats, including special values; fewer in debug builds, where C is not optimized.
  static let sweep: [Float] = {
    #if DEBUG
      let step = 99_991
    #else
      let step = 997
    #endif
    let specials: [Float] = [
      0, -0.0, 1, -1, .infinity, -.infinity, .nan, 1e4, -1e4, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      .leastNormalMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 88.72284,
      88.72283, -87.33655, -103.97208, -104, 0.92, -0.92, 15, -15, 9.1, -9.1, 1e-7, -1e-7, 0.34657, -0.34657,
    ]
    return specials + stride(from: 0, through: Int(UInt32.max), by: step).map { Float(bitPattern: UInt32($0)) }
  }()

  struct Function: Sendable {
    var name: String
    var kernel: @Sendable (glia_kernels, Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void
    var reference: @Sendable (Double) -> Double
    /// Units in the last place, in addition to which an absolute error of `slack` is allowed.
    var bound = 4.0
    var slack = 0.0
  }

  static let functions: [Function] = [
    Function(name: "exp", kernel: { $0.exp($1, $2, $3) }, reference: { exp($0) }),
    Function(
      name: "softplus", kernel: { $0.softplus($1, $2, $3) }, reference: { max($0, 0) + log1p(exp(-abs($0))) }),
    Function(name: "sigmoid", kernel: { $0.sigmoid($1, $2, $3) }, reference: { sigmoid($0) }),
    Function(name: "tanh", kernel: { $0.tanh($1, $2, $3) }, reference: { tanh($0) }),
    Function(name: "relu", kernel: { $0.relu($1, $2, $3) }, reference: { $0 < 0 ? 0 : $0 }, bound: 0),
    Function(
      name: "leaky_relu", kernel: { $0.leaky_relu($1, 0.01, $2, $3) },
      reference: { $0 < 0 ? Double(0.01 as Float) * $0 : $0 }, bound: 0.5),
    Function(name: "elu", kernel: { $0.elu($1, 1.5, $2, $3) }, reference: { $0 < 0 ? 1.5 * expm1($0) : $0 }),
    Function(
      name: "gelu", kernel: { $0.gelu($1, $2, $3) },
      reference: { $0 == -.infinity ? -0.0 : $0 * normalTail($0) }, bound: 5),
    Function(
      name: "gelu_tanh", kernel: { $0.gelu_tanh($1, $2, $3) },
      reference: { $0 < -30 ? -0.0 : $0 > 30 ? $0 : $0 * sigmoid(inner($0)) }, slack: 0x1p-22),
  ]

  @Test(arguments: Variant.all, functions) func accuracyOverAllFloats(_ variant: Variant, _ function: Function) {
    let x = Buffer(Self.sweep), y = Buffer(count: x.count)
    function.kernel(variant.kernels, x.count, x.pointer, y.pointer)
    var worst = (error: 0.0, at: Float(0), value: Float(0))
    for (z, value) in zip(Self.sweep, y.values) {
      let reference = z.isNaN ? Double.nan : function.reference(Double(z))
      if abs(Double(value) - reference) <= function.slack { continue }
      let error = ulps(value, reference)
      if error > worst.error { worst = (error, z, value) }
      if reference == 0, value == 0 { #expect(value.sign == reference.sign, "zero's sign at \(z)") }
    }
    #expect(worst.error <= function.bound, "\(function.name) of \(worst.at) is \(worst.value)")
    #expect(x.isUntouched && y.isIntact)
  }

  @Test(arguments: Variant.all, functions) func everySizeInAndOutOfPlace(_ variant: Variant, _ function: Function) {
    var noise = Noise()
    for n in oddSizes {
      let values = noise.floats(n, times: 4)
      let x = Buffer(values), y = Buffer(count: n), again = Buffer(count: n)
      function.kernel(variant.kernels, n, x.pointer, y.pointer)
      function.kernel(variant.kernels, n, x.pointer, again.pointer)
      #expect(bits(again.values) == bits(y.values))
      function.kernel(variant.kernels, n, x.pointer, x.pointer)
      #expect(bits(x.values) == bits(y.values) && x.isIntact && y.isIntact, "\(n)")
      let right = zip(values, y.values).allSatisfy { z, value in
        let reference = function.reference(Double(z))
        return ulps(value, reference) <= function.bound || abs(Double(value) - reference) <= function.slack
      }
      #expect(right, "\(n)")
    }
  }

  struct Slope: Sendable {
    var name: String
    var kernel:
      @Sendable (
        glia_kernels, Int, UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?
      ) -> Void
    var reference: @Sendable (Double) -> Double
    var bound = 4.0
    var slack = 0.0
  }

  static let slopes: [Slope] = [
    Slope(name: "tanh", kernel: { $0.tanh_pullback($1, $2, $3, $4) }, reference: { 1 - $0 * $0 }, slack: 0x1p-23),
    Slope(name: "sigmoid", kernel: { $0.sigmoid_pullback($1, $2, $3, $4) }, reference: { $0 * (1 - $0) }),
    Slope(name: "relu", kernel: { $0.relu_pullback($1, $2, $3, $4) }, reference: { $0 > 0 ? 1 : 0 }, bound: 0),
    Slope(
      name: "leaky_relu", kernel: { $0.leaky_relu_pullback($1, 0.25, $2, $3, $4) },
      reference: { $0 > 0 ? 1 : 0.25 }, bound: 0),
    Slope(
      name: "elu", kernel: { $0.elu_pullback($1, 1.5, $2, $3, $4) }, reference: { $0 > 0 ? 1 : 1.5 * exp($0) }),
    Slope(
      name: "gelu", kernel: { $0.gelu_pullback($1, $2, $3, $4) },
      reference: { normalTail($0) + $0 * exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }, slack: 0x1p-21),
    Slope(
      name: "gelu_tanh", kernel: { $0.gelu_tanh_pullback($1, $2, $3, $4) },
      reference: {
        let s = sigmoid(inner($0))
        return s + $0 * s * (1 - s) * 2 * (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * $0 * $0)
      }, slack: 0x1p-21),
  ]

  @Test(arguments: Variant.all, slopes) func pullbacks(_ variant: Variant, _ slope: Slope) {
    var noise = Noise()
    for n in oddSizes + [3000] {
      // Halves of the range, so that -1e4...1e4 and the region around 0 are both dense.
      let z = noise.floats(n, times: slope.name == "tanh" || slope.name == "sigmoid" ? 1 : 12)
        .enumerated().map { $0 % 11 == 10 ? $1 * 800 : $1 }
      let limited = slope.name == "tanh" || slope.name == "sigmoid" ? z.map { max(-1, min(1, $0)) } : z
      let dy = noise.floats(n)
      let bz = Buffer(limited), bdy = Buffer(dy), dx = Buffer(count: n)
      slope.kernel(variant.kernels, n, bz.pointer, bdy.pointer, dx.pointer)
      let right = (0..<n).allSatisfy { i in
        let reference = slope.reference(Double(limited[i])) * Double(dy[i])
        return ulps(dx.values[i], reference) <= slope.bound + 1
          || abs(Double(dx.values[i]) - reference) <= slope.slack * abs(Double(dy[i]))
      }
      #expect(right && dx.isIntact, "\(n)")
      slope.kernel(variant.kernels, n, bz.pointer, bdy.pointer, bdy.pointer)
      #expect(bits(bdy.values) == bits(dx.values) && bdy.isIntact, "in place, \(n)")
      #expect(bz.isUntouched)
    }
  }

  @Test(arguments: Variant.all, slopes) func pullbacksAtTheExtremes(_ variant: Variant, _ slope: Slope) {
    guard slope.name != "tanh", slope.name != "sigmoid" else { return }
    let z = Buffer([-1e30, -1e4, 1e4, 1e30, -0.0, 0]), dy = Buffer([1, 1, 1, 1, 1, 1])
    slope.kernel(variant.kernels, 6, z.pointer, dy.pointer, dy.pointer)
    let low: Float = slope.name == "leaky_relu" ? 0.25 : 0
    #expect(Array(dy.values[..<4]) == [low, low, 1, 1])
    #expect(dy.values[4] == dy.values[5] && z.isUntouched)
  }

  static let scalars: [(String, @Sendable (Float) -> Float, @Sendable (Double) -> Double)] = [
    ("exp", { glia_expf($0) }, { exp($0) }), ("expm1", { glia_expm1f($0) }, { expm1($0) }),
    ("log", { glia_logf($0) }, { $0 == 0 ? -.infinity : log($0) }),
    ("softplus", { glia_softplusf($0) }, { max($0, 0) + log1p(exp(-abs($0))) }),
    ("sigmoid", { glia_sigmoidf($0) }, { sigmoid($0) }), ("tanh", { glia_tanhf($0) }, { tanh($0) }),
    ("gelu", { glia_geluf($0) }, { $0 == -.infinity ? -0.0 : $0 * normalTail($0) }),
  ]

  @Test func scalarFunctionsOverAllFloats() {
    for (name, function, reference) in Self.scalars {
      var worst = (error: 0.0, at: Float(0), value: Float(0))
      for z in Self.sweep {
        let value = function(z), exact = z.isNaN ? Double.nan : reference(Double(z))
        let error = ulps(value, exact)
        if error > worst.error { worst = (error, z, value) }
        if exact == 0, value == 0 { #expect(value.sign == exact.sign, "\(name) of \(z)") }
      }
      #expect(worst.error <= (name == "gelu" ? 5 : 4), "\(name) of \(worst.at) is \(worst.value)")
    }
  }
}

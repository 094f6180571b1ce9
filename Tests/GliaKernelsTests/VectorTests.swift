import Foundation
import GliaKernels
import GliaKernels.Variants
import Testing

@Suite struct VectorTests {
  @Test(arguments: Variant.all) func sums(_ variant: Variant) {
    var noise = Noise()
    for n in oddSizes + [10_001] {
      let x = noise.floats(n, times: 1000), buffer = Buffer(x)
      let sum = x.reduce(0.0) { $0 + Double($1) }, squares = x.reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect(abs(variant.kernels.sum(n, buffer.pointer) - sum) <= 1e-9 * max(1, squares.squareRoot()))
      #expect(abs(variant.kernels.sum_of_squares(n, buffer.pointer) - squares) <= 1e-12 * squares)
      #expect(variant.kernels.sum(n, buffer.pointer) == variant.kernels.sum(n, buffer.pointer) && buffer.isUntouched)
    }
    #expect(variant.kernels.sum(2, [3e38, 3e38]) > 5e38)
    #expect(variant.kernels.sum_of_squares(1, [1e30]) > 0.99e60)
  }

  @Test(arguments: Variant.all) func finiteness(_ variant: Variant) {
    #expect(variant.kernels.all_finite(0, nil))
    for n in oddSizes where n > 0 {
      for place in Set([0, n / 2, n - 1]) {
        for odd in [Float.infinity, -.infinity, .nan, -.nan] {
          var x = [Float](repeating: -.greatestFiniteMagnitude, count: n)
          #expect(variant.kernels.all_finite(n, x))
          x[place] = odd
          #expect(!variant.kernels.all_finite(n, x), "\(odd) at \(place) of \(n)")
        }
      }
    }
  }

  @Test(arguments: Variant.all) func combinations(_ variant: Variant) {
    var noise = Noise()
    for n in oddSizes {
      let x = noise.floats(n), y = noise.floats(n), a: Float = 0.75
      let input = Buffer(x), sum = Buffer(y), scaled = Buffer(count: n), inPlace = Buffer(x)
      variant.kernels.axpy(n, a, input.pointer, sum.pointer)
      variant.kernels.scale(n, a, input.pointer, scaled.pointer)
      variant.kernels.scale(n, a, inPlace.pointer, inPlace.pointer)
      let right = (0..<n).allSatisfy { abs(Double(sum.values[$0]) - (Double(y[$0]) + 0.75 * Double(x[$0]))) < 0x1p-23 }
      #expect(right && sum.isIntact, "\(n)")
      #expect(scaled.values == x.map { $0 * a } && scaled.isIntact && input.isUntouched, "\(n)")
      #expect(inPlace.values == scaled.values && inPlace.isIntact, "\(n)")
    }
  }

  @Test(arguments: Variant.all) func gathering(_ variant: Variant) {
    var noise = Noise()
    for width in [0, 1, 2, 3, 5, 16, 17, 33, 100] {
      let x = noise.floats(9 * width), indices = [8, 0, 3, 3, 7, 8, 1]
      let y = Buffer(count: indices.count * width)
      variant.kernels.gather_rows(x, width, indices, indices.count, y.pointer)
      #expect(y.values == indices.flatMap { x[$0 * width..<($0 + 1) * width] } && y.isIntact, "\(width)")
    }
  }

  @Test func theBestInstructionSetIsUsedOrTheOneThatIsAskedFor() {
    let wanted = ProcessInfo.processInfo.environment["GLIA_KERNELS"]
    let supported = Variant.all.compactMap(\.isa)
    #expect(glia_isa() == supported.first { String(cString: glia_isa_name($0)) == wanted } ?? supported.last)
    #expect(["portable", "avx2", "avx512"].contains(String(cString: glia_isa_name(glia_isa()))))
  }
}

import Glia
import Testing

/// The projection onto the simplex by sorting, in double precision (Martins and Astudillo, 2016, algorithm 1).
private func projection(_ z: [Float]) -> [Double] {
  let sorted = z.map(Double.init).sorted(by: >)
  var (sum, threshold) = (0.0, 0.0)
  for (k, value) in sorted.enumerated() {
    sum += value
    if 1 + Double(k + 1) * value > sum { threshold = (sum - 1) / Double(k + 1) }
  }
  return z.map { max(Double($0) - threshold, 0) }
}

@Suite("Sparsemax")
struct SparsemaxTests {
  private func sparsemax(_ z: [Float]) -> [Float] {
    var values = z
    var span = values.mutableSpan
    Sparsemax().apply(&span, width: z.count)
    return values
  }

  @Test("ties and extreme inputs are exact")
  func exact() {
    #expect(sparsemax([3, 3]) == [0.5, 0.5])
    #expect(sparsemax([-7, -7, -7, -7]) == [0.25, 0.25, 0.25, 0.25])
    #expect(sparsemax([1e4, 0, -1e4]) == [1, 0, 0])
    #expect(sparsemax([1000, 1000, -1000]) == [0.5, 0.5, 0])
    #expect(sparsemax([1, 0]) == [1, 0])
    #expect(sparsemax([0.5, 0]) == [0.75, 0.25])
    #expect(sparsemax([-3e38, 3e38]) == [0, 1])
    #expect(sparsemax([42]) == [1])
    #expect(sparsemax([.nan, 1]).contains { $0.isNaN } && sparsemax([1, .nan]).contains { $0.isNaN })
    #expect(sparsemax([.nan, .nan]).allSatisfy { $0.isNaN })
  }

  @Test("rows of any width are projected onto the simplex, as by sorting", arguments: [1, 2, 3, 10, 100, 1000, 4000])
  func projected(width: Int) {
    var random = Random(seed: 1, UInt64(width))
    for spread: Float in [1e-4, 0.1, 1, 30, 1e4] {
      let z = (0..<width).map { _ in random.uniform(-spread, spread) }
      let (values, right) = (sparsemax(z), projection(z))
      #expect(abs(values.reduce(0) { $0 + Double($1) } - 1) < 1e-5)
      for (value, right) in zip(values, right) { #expect(abs(Double(value) - right) < 1e-6) }
    }
    // Many passes: every one drops a single number.
    let steep = (0..<width).map { -Float.pow(0.5, Float(width - $0)) }
    for (value, right) in zip(sparsemax(steep), projection(steep)) { #expect(abs(Double(value) - right) < 1e-6) }
  }

  @Test("the pullback is the gradient on the support minus its mean")
  func pullback() {
    let z: [Float] = [0.5, 0, -2, 0.25]
    let a = sparsemax(z)
    #expect(a[2] == 0 && a.filter { $0 > 0 }.count == 3)
    let nothing: [Float] = []
    var gradient: [Float] = [1, 2, 100, 6]
    var span = gradient.mutableSpan
    Sparsemax().pullback(&span, input: nothing.span, output: a.span, width: 4)
    #expect(gradient == [-2, -1, 0, 3])
  }
}

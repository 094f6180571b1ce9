import GliaKernels
import Testing

@Suite struct MatmulTests {
  /// A sum of products as the header defines it, and the same in float64 with the sum of the magnitudes.
  struct Chain {
    var fused: Float
    var rounded: Float
    var exact: Double
    var magnitude: Double

    init(_ start: Float) {
      (fused, rounded, exact, magnitude) = (start, start, Double(start), abs(Double(start)))
    }

    mutating func add(_ a: Float, _ b: Float) {
      fused.addProduct(a, b)
      rounded += a * b
      exact += Double(a) * Double(b)
      magnitude += abs(Double(a) * Double(b))
    }

    func agrees(_ value: Float, inOrder: Bool, terms: Int) -> Bool {
      let bound = Double(terms + 1) * 0x1p-24 * magnitude
      return abs(Double(value) - exact) <= bound && (!inOrder || value == fused || value == rounded)
    }
  }

  static let sizes: [(Int, Int, Int)] = {
    let small = [0, 1, 2, 3, 5, 8, 17, 33]
    return small.flatMap { m in small.flatMap { n in small.map { (m, n, $0) } } }
      + [
        (13, 65, 63), (12, 32, 100), (40, 100, 7), (63, 31, 65), (7, 257, 33), (100, 16, 64), (25, 63, 257),
        (10, 40, 9), (11, 6, 70),
      ]
  }()

  @Test(arguments: Variant.all) func productsAreChainsOfTheirTerms(_ variant: Variant) {
    var noise = Noise()
    let kernels = variant.kernels
    for (m, n, k) in Self.sizes {
      let x = noise.floats(m * k), w = noise.floats(n * k), dy = noise.floats(m * n), bias = noise.floats(n)
      let (bx, bw, bdy, bb) = (Buffer(x), Buffer(w), Buffer(dy), Buffer(bias))
      for biased in [true, false] {
        let y = Buffer(count: m * n)
        kernels.matmul_nt(m, n, k, bx.pointer, bw.pointer, biased ? bb.pointer : nil, y.pointer)
        let right = y.values.enumerated().allSatisfy { index, value in
          let (i, j) = (index / n, index % n)
          var chain = Chain(biased ? bias[j] : 0)
          for p in 0..<k { chain.add(x[i * k + p], w[j * k + p]) }
          return chain.agrees(value, inOrder: m > 1, terms: k)
        }
        #expect(right && y.isIntact, "x wᵀ, \(m) \(n) \(k), bias \(biased)")
      }

      let dx = Buffer(count: m * k)
      kernels.matmul_nn(m, n, k, bdy.pointer, bw.pointer, dx.pointer)
      let dxRight = dx.values.enumerated().allSatisfy { index, value in
        var chain = Chain(0)
        for p in 0..<n { chain.add(dy[index / k * n + p], w[p * k + index % k]) }
        return chain.agrees(value, inOrder: true, terms: n)
      }
      #expect(dxRight && dx.isIntact, "dy w, \(m) \(n) \(k)")

      let dw = Buffer(count: n * k)
      kernels.matmul_tn(m, n, k, bdy.pointer, bx.pointer, dw.pointer)
      let dwRight = dw.values.enumerated().allSatisfy { index, value in
        var chain = Chain(0)
        for p in 0..<m { chain.add(dy[p * n + index / k], x[p * k + index % k]) }
        return chain.agrees(value, inOrder: true, terms: m)
      }
      #expect(dwRight && dw.isIntact, "dyᵀ x, \(m) \(n) \(k)")
      #expect(bx.isUntouched && bw.isUntouched && bdy.isUntouched && bb.isUntouched)
    }
  }

  /// Integers are summed without rounding, so blocks, panels and strips must be exact.
  @Test(arguments: [(30, 70, 1100), (27, 600, 40), (130, 290, 35), (1, 90, 700), (600, 35, 27)])
  func largeProductsAreExactOnWholeNumbers(_ m: Int, _ n: Int, _ k: Int) {
    var noise = Noise()
    let whole = { (count: Int) in (0..<count).map { _ in Float(Int(noise.next() % 9) - 4) } }
    let x = whole(m * k), w = whole(n * k), dy = whole(m * n), bias = whole(n)
    let forward = product(rows: m, columns: n, terms: k) { i, j, p in x[i * k + p] * w[j * k + p] }
    let input = product(rows: m, columns: k, terms: n) { i, j, p in dy[i * n + p] * w[p * k + j] }
    let weight = product(rows: n, columns: k, terms: m) { i, j, p in dy[p * n + i] * x[p * k + j] }
    let (bx, bw, bdy, bb) = (Buffer(x), Buffer(w), Buffer(dy), Buffer(bias))
    for variant in Variant.all {
      let kernels = variant.kernels
      let y = Buffer(count: m * n), dx = Buffer(count: m * k), dw = Buffer(count: n * k)
      kernels.matmul_nt(m, n, k, bx.pointer, bw.pointer, bb.pointer, y.pointer)
      kernels.matmul_nn(m, n, k, bdy.pointer, bw.pointer, dx.pointer)
      kernels.matmul_tn(m, n, k, bdy.pointer, bx.pointer, dw.pointer)
      #expect(y.values == forward.enumerated().map { $1 + bias[$0 % n] } && y.isIntact, "\(variant.testDescription)")
      #expect(dx.values == input && dx.isIntact, "\(variant.testDescription)")
      #expect(dw.values == weight && dw.isIntact, "\(variant.testDescription)")
    }
    #expect(bx.isUntouched && bw.isUntouched && bdy.isUntouched && bb.isUntouched)
  }

  /// With a single nonzero value per row of one operand, the product selects rows of the other: every block, strip and panel
  /// of operands larger than the L2 cache must be in the right place.
  @Test(arguments: [(1100, 800, 250), (530, 1601, 390), (97, 600, 401)])
  func blocksOfLargeProductsAreInTheirPlaces(_ m: Int, _ n: Int, _ k: Int) {
    var noise = Noise()
    let chosen = (0..<m).map { _ in Int(noise.next() % UInt64(n)) },
      terms = (0..<m).map { _ in Int(noise.next() % UInt64(k)) }
    let dense = noise.floats(m * k), w = noise.floats(n * k)
    var (x, dy) = ([Float](repeating: 0, count: m * k), [Float](repeating: 0, count: m * n))
    for i in 0..<m { (x[i * k + terms[i]], dy[i * n + chosen[i]]) = (2, 4) }
    let (bx, bw, bdy, bd) = (Buffer(x), Buffer(w), Buffer(dy), Buffer(dense))
    var weight = [Float](repeating: 0, count: n * k)
    for i in 0..<m {
      for p in 0..<k { weight[chosen[i] * k + p] += 4 * dense[i * k + p] }
    }
    for variant in Variant.all {
      let kernels = variant.kernels
      let y = Buffer(count: m * n), dx = Buffer(count: m * k), dw = Buffer(count: n * k)
      kernels.matmul_nt(m, n, k, bx.pointer, bw.pointer, nil, y.pointer)
      kernels.matmul_nn(m, n, k, bdy.pointer, bw.pointer, dx.pointer)
      kernels.matmul_tn(m, n, k, bdy.pointer, bd.pointer, dw.pointer)
      let (yy, dxx, dww) = (y.values, dx.values, dw.values)
      #expect((0..<m * n).allSatisfy { yy[$0] == 2 * w[$0 % n * k + terms[$0 / n]] } && y.isIntact)
      #expect((0..<m * k).allSatisfy { dxx[$0] == 4 * w[chosen[$0 / k] * k + $0 % k] } && dx.isIntact)
      #expect(
        (0..<n * k).allSatisfy { abs(dww[$0] - weight[$0]) <= 1e-5 * (1 + abs(weight[$0])) } && dw.isIntact)
    }
    #expect(bx.isUntouched && bw.isUntouched && bdy.isUntouched && bd.isUntouched)
  }

  private func product(rows: Int, columns: Int, terms: Int, _ term: (Int, Int, Int) -> Float) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(rows * columns)
    for i in 0..<rows {
      for j in 0..<columns {
        var sum: Float = 0
        for p in 0..<terms { sum += term(i, j, p) }
        result.append(sum)
      }
    }
    return result
  }

  @Test(arguments: Variant.all) func slicesOfTheBatchHaveTheSameBits(_ variant: Variant) {
    var noise = Noise()
    let (m, n, k) = (61, 130, 530)
    let x = Buffer(noise.floats(m * k)), w = Buffer(noise.floats(n * k)), dy = Buffer(noise.floats(m * n))
    let kernels = variant.kernels
    let y = Buffer(count: m * n), dx = Buffer(count: m * k)
    kernels.matmul_nt(m, n, k, x.pointer, w.pointer, nil, y.pointer)
    kernels.matmul_nn(m, n, k, dy.pointer, w.pointer, dx.pointer)
    let slicedY = Buffer(count: m * n), slicedX = Buffer(count: m * k)
    for (start, end) in [(0, 2), (2, 15), (15, 61)] {
      kernels.matmul_nt(
        end - start, n, k, x.pointer.map { $0 + start * k }, w.pointer, nil, slicedY.pointer.map { $0 + start * n })
      kernels.matmul_nn(
        end - start, n, k, dy.pointer.map { $0 + start * n }, w.pointer, slicedX.pointer.map { $0 + start * k })
    }
    #expect(bits(slicedY.values) == bits(y.values))
    #expect(bits(slicedX.values) == bits(dx.values))
    #expect(x.isUntouched && w.isUntouched && dy.isUntouched)
  }

  @Test(arguments: Variant.all) func sumsOfRows(_ variant: Variant) {
    var noise = Noise()
    for m in [0, 1, 2, 3, 4, 5, 7, 33, 100] {
      for n in oddSizes {
        let dy = noise.floats(m * n), input = Buffer(dy), db = Buffer(count: n)
        variant.kernels.sum_rows(m, n, input.pointer, db.pointer)
        let right = db.values.enumerated().allSatisfy { j, value in
          let sum = (0..<m).reduce(0) { $0 + Double(dy[$1 * n + j]) }
          return abs(Double(value) - sum) <= Double(m + 1) * 0x1p-23
        }
        #expect(right && db.isIntact && input.isUntouched, "\(m) \(n)")
      }
    }
  }

  @Test func aNaNStaysInItsRow() {
    for variant in Variant.all {
      var x = [Float](repeating: 1, count: 40 * 20)
      x[7 * 20 + 3] = .nan
      let y = Buffer(count: 40 * 18), w = Buffer([Float](repeating: 1, count: 18 * 20))
      variant.kernels.matmul_nt(40, 18, 20, x, w.pointer, nil, y.pointer)
      #expect(y.values.enumerated().allSatisfy { $0 / 18 == 7 ? $1.isNaN : $1 == 20 } && w.isUntouched)
    }
  }
}

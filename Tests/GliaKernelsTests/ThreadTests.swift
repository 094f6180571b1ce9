import Foundation
import GliaKernels
import Synchronization
import Testing

/// The number of threads is global to the process, so these tests run serially.
@Suite(.serialized) struct ThreadTests {
  /// Runs `body` with each number of threads and returns the results.
  private func results<T>(_ body: () -> T) -> [T] {
    let before = glia_threads()
    defer { glia_set_threads(before) }
    return (1...4).map { count in
      glia_set_threads(count)
      return body()
    }
  }

  private func expectEqualBits(_ what: String, _ body: () -> [Float]) {
    let all = results(body).map(bits)
    #expect(all.allSatisfy { $0 == all[0] }, "\(what)")
  }

  @Test(arguments: [
    (101, 163, 77), (128, 512, 65), (257, 33, 129), (24, 1025, 100), (1, 1031, 1025), (333, 10, 500), (25, 1063, 63),
  ])
  func productsHaveTheSameBits(_ m: Int, _ n: Int, _ k: Int) {
    var noise = Noise()
    let (x, w, dy, bias) = (noise.floats(m * k), noise.floats(n * k), noise.floats(m * n), noise.floats(n))
    expectEqualBits("x wᵀ \(m) \(n) \(k)") {
      var y = [Float](repeating: .nan, count: m * n)
      glia_matmul_nt(m, n, k, x, w, bias, &y)
      return y
    }
    expectEqualBits("dy w \(m) \(n) \(k)") {
      var dx = [Float](repeating: .nan, count: m * k)
      glia_matmul_nn(m, n, k, dy, w, &dx)
      return dx
    }
    expectEqualBits("dyᵀ x \(m) \(n) \(k)") {
      var dw = [Float](repeating: .nan, count: n * k)
      glia_matmul_tn(m, n, k, dy, x, &dw)
      return dw
    }
  }

  @Test(arguments: [(1, 5, 3), (33, 7, 20), (128, 512, 65), (101, 1063, 77), (1, 1031, 1025), (40, 2000, 30)])
  func whatFinishesAProductSeesEveryOutputOnce(_ m: Int, _ n: Int, _ k: Int) {
    var noise = Noise()
    let (x, w, bias) = (noise.floats(m * k), noise.floats(n * k), noise.floats(n))
    var expected = [Float](repeating: .nan, count: m * n)
    glia_matmul_nt(m, n, k, x, w, bias, &expected)
    for i in expected.indices { expected[i] = expected[i] * 3 + 1 }
    let all = results {
      var y = [Float](repeating: .nan, count: m * n)
      glia_matmul_nt_finishing(
        m, n, k, x, w, bias, &y,
        { _, run, count in
          guard let run else { return }
          for i in 0..<count { run[i] = run[i] * 3 + 1 }
        }, nil)
      return bits(y)
    }
    #expect(all.allSatisfy { $0 == bits(expected) })
  }

  @Test func rowsAreGatheredAlike() {
    var noise = Noise()
    let (width, count) = (257, 300)
    let values = noise.floats(width * 50), indices = (0..<count).map { _ in UInt(noise.next() % 50) }
    let expected = indices.flatMap { values[Int($0) * width..<(Int($0) + 1) * width] }
    let all = results {
      var y = [Float](repeating: .nan, count: width * count)
      indices.withUnsafeBufferPointer { indices in
        indices.baseAddress.map { glia_gather_rows(values, width, $0, count, &y) }
      }
      return y
    }
    #expect(all.allSatisfy { $0 == expected })
  }

  @Test func littleWorkIsDoneAtOnceAndMuchOfItIsShared() {
    let counts = results { () -> [[Int]] in
      (0..<50).map { _ in
        let calls = Calls(4)
        calls.run(nanoseconds: 10_000)
        return calls.all
      }
    }
    #expect(counts.allSatisfy { $0.allSatisfy { $0 == [1, 1, 1, 1] } })
  }

  @Test func vectorsHaveTheSameBits() {
    var noise = Noise()
    for n in [32_768, 40_001, 65_537, 131_071] {
      let (x, g) = (noise.floats(n, times: 4), noise.floats(n))
      expectEqualBits("tanh of \(n)") {
        var y = [Float](repeating: .nan, count: n)
        glia_tanh(n, x, &y)
        return y
      }
      expectEqualBits("tanh pullback of \(n)") {
        var y = [Float](repeating: .nan, count: n)
        glia_tanh_pullback(n, x, g, &y)
        return y
      }
      expectEqualBits("adam of \(n)") {
        var (w, m, v) = (x, g, g.map { $0 * $0 })
        glia_adam(n, 0.01, 0.9, 0.999, 1e-8, 0.1, 0.001, g, &m, &v, &w)
        return w + m + v
      }
      expectEqualBits("rmsprop of \(n), without a mean") {
        var (w, square, velocity) = (x, g.map { $0 * $0 }, g)
        glia_rmsprop(n, 0.01, 0.9, 1e-8, 0.5, g, &square, nil, &velocity, &w)
        return w + square + velocity
      }
    }
  }

  @Test func finitenessIsSeenInEveryPiece() {
    var values = [Float](repeating: 1, count: 200_003)
    #expect(results { glia_all_finite(values.count, values) } == [true, true, true, true])
    for place in [0, 70_000, 140_001, 200_002] {
      values[place] = .infinity
      #expect(results { glia_all_finite(values.count, values) } == [false, false, false, false])
      values[place] = 1
    }
  }

  /// Counts the calls for each part.
  private final class Calls: Sendable {
    let counts: Mutex<[Int]>
    let nested: Bool
    init(_ parts: Int, nested: Bool = false) {
      counts = Mutex([Int](repeating: 0, count: parts))
      self.nested = nested
    }
    var all: [Int] { counts.withLock { $0 } }

    func run(nanoseconds: Int = 1_000_000) {
      let parts = all.count
      glia_parallel(
        parts, nanoseconds,
        { context, part in
          guard let context else { return }
          let calls = Unmanaged<Calls>.fromOpaque(context).takeUnretainedValue()
          calls.counts.withLock { $0[part] += 1 }
          if calls.nested { Calls(5).run() }
        }, Unmanaged.passUnretained(self).toOpaque())
    }
  }

  @Test(arguments: [0, 1, 2, 3, 7, 64, 1000]) func everyPartIsCalledOnce(parts: Int) {
    for nested in [false, true] {
      let counts = results { () -> [Int] in
        let calls = Calls(parts, nested: nested)
        calls.run()
        return calls.all
      }
      #expect(counts.allSatisfy { $0 == [Int](repeating: 1, count: parts) })
    }
  }

  @Test func manyCallersAtOnce() async {
    let before = glia_threads()
    defer { glia_set_threads(before) }
    glia_set_threads(3)
    let right = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { _ in
            let calls = Calls(6)
            calls.run()
            return calls.all == [1, 1, 1, 1, 1, 1]
          }
        }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(right)
  }

  @Test func numberOfThreadsStaysInRange() {
    let before = glia_threads()
    defer { glia_set_threads(before) }
    for (asked, given) in [(0, 1), (3, 3), (100_000, 256)] {
      glia_set_threads(asked)
      #expect(glia_threads() == given)
    }
  }
}

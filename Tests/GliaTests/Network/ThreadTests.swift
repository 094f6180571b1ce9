import Glia
import Testing

/// The number of threads is global to the process, so these tests run serially.
@Suite("Threads", .serialized)
struct ThreadTests {
  private func results<T>(_ body: () throws -> T) rethrows -> [T] {
    let before = Threads.count
    defer { Threads.count = before }
    return try (1...4).map { count in
      Threads.count = count
      return try body()
    }
  }

  @Test("predictions have the same bits for any number of threads", arguments: [1, 255, 1025, 5121])
  func predictions(rows: Int) throws {
    let network = try Network(input: [2], seed: 3) {
      Dense(64, activation: .tanh)
      BatchNorm()
      Dense(3, activation: .softmax)
    }
    let x = try Moons(samples: rows, noise: 0.3).load().inputs
    let all = try results { try network.predict(x).values.map(\.bitPattern) }
    #expect(all.allSatisfy { $0 == all[0] })
    let last = try network.predict(x).values.suffix(3)
    #expect(abs(last.reduce(0, +) - 1) < 1e-5)
  }

  @Test("sampled predictions have the same bits for any number of threads, and for samples given in parts")
  func samples() throws {
    let network = try Network(input: [2], seed: 3) {
      Dense(16, activation: .tanh)
      Dropout(0.3)
      Dense(3, activation: .softmax)
    }
    let x = try Moons(samples: 37, noise: 0.3).load().inputs
    // More passes than fit into one batch.
    let all = try results { try network.samples(of: x, count: 300, seed: 5).values.values.map(\.bitPattern) }
    #expect(all.allSatisfy { $0 == all[0] })
    let (left, right) = (try x.gathering(Array(0..<20)), try x.gathering(Array(20..<37)))
    let parts =
      try network.samples(of: left, count: 300, seed: 5).values.values
      + network.samples(of: right, count: 300, seed: 5, first: 20).values.values
    #expect(parts.map(\.bitPattern) == all[0])
    #expect(try network.samples(of: x, count: 300, seed: 6).values.values.map(\.bitPattern) != all[0])
  }

  @Test("training gives the same bits for any number of threads")
  func trainings() throws {
    let all = try results {
      let network = try Network(input: [2], seed: 3) {
        Dense(300, activation: .relu)
        Dense(210, activation: .tanh)
        Dense(1, activation: .sigmoid)
      }
      var training = try Training(
        network, on: Moons(samples: 250, noise: 0.1).load(), loss: .binaryCrossentropy, optimizer: .adam(), epochs: 2,
        batchSize: 99)
      try training.fit()
      return training.network.parameters.map(\.bitPattern)
    }
    #expect(all.allSatisfy { $0 == all[0] })
  }
}

import Foundation
import Glia
import Testing

/// The factor by which the time of `work` grows for inputs four times as large: 4 if linear, 16 if quadratic.
///
/// Uses the minimum of several runs, in CPU time of this thread.
private func growth(from count: Int, _ work: (Int) throws -> Void) rethrows -> Double {
  func seconds(_ count: Int) throws -> Double {
    var least = Double.infinity
    for _ in 0..<3 {
      let start = threadSeconds
      try work(count)
      least = min(least, threadSeconds - start)
    }
    return least
  }
  try work(count)
  return try seconds(4 * count) / max(seconds(count), 1e-6)
}

private var threadSeconds: Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

@Suite("Linear running time")
struct ProportionTests {
  private func deep(_ count: Int) throws -> Network {
    try Network(input: [2], layers: (0..<count).map { _ in Dense(2, activation: .tanh) })
  }

  private static let data = try? Dataset(
    inputs: Tensor(rows: [[0, 1], [1, 0], [1, 1]]), targets: Tensor(rows: [[0, 1], [1, 0], [1, 1]]))

  @Test("planning, reading and writing the tensors of many layers")
  func layers() throws {
    let times = try growth(from: 150) { count in
      var network = try deep(count)
      try network.setAll(network.tensors)
      for (name, tensor) in network.tensors { try network.set(name, to: tensor) }
    }
    #expect(times < 11)
  }

  @Test("preparing training with many layers, including warnings")
  func training() throws {
    let data = try #require(Self.data)
    let times = try growth(from: 150) { count in
      let training = try Training(
        deep(count), on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1))
      _ = training.warnings
    }
    #expect(times < 11)
  }

  @Test("assigning tensors to many groups")
  func groups() throws {
    let data = try #require(Self.data)
    let network = try deep(2)
    let times = try growth(from: 200) { count in
      let names = ["layers.0.weight", "layers.1", "layers.1.bias"]
      let groups = (0..<count).map { ParameterGroup(names[$0 % 3], optimizer: Adam(learningRate: 0.1)) }
      _ = try Training(
        network, on: data, loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1), groups: groups)
    }
    #expect(times < 11)
  }

  @Test("names of nested layers are unchanged")
  func nestedNames() throws {
    let network = try Network(input: [2]) {
      Sequential {
        Dense(2)
        Residual {
          Dense(2)
          Parallel(.add) {
            Dense(2)
            Sequential { BatchNorm() }
          }
        }
      }
    }
    #expect(
      network.tensors.map(\.name) == [
        "layers.0.layers.0.weight", "layers.0.layers.0.bias",
        "layers.0.layers.1.layers.0.weight", "layers.0.layers.1.layers.0.bias",
        "layers.0.layers.1.layers.1.branches.0.weight", "layers.0.layers.1.layers.1.branches.0.bias",
        "layers.0.layers.1.layers.1.branches.1.layers.0.weight", "layers.0.layers.1.layers.1.branches.1.layers.0.bias",
        "layers.0.layers.1.layers.1.branches.1.layers.0.running_mean",
        "layers.0.layers.1.layers.1.branches.1.layers.0.running_variance",
      ])
  }
}

@Suite("Wide layers")
struct WideLayerTests {
  @Test("samples are processed in small chunks, with the same results as single samples")
  func pieces() throws {
    let network = try Network(input: [1], seed: 3) {
      Dense(1 << 19, activation: .tanh)
      Dense(1)
    }
    let x = try Tensor(rows: (0..<130).map { [Float($0) / 130] })
    let together = try network.predict(x)
    for row in [0, 63, 64, 129] {
      let alone = try network.predict(Tensor(rows: [[x.values[row]]]))
      #expect(abs(alone.values[0] - together.values[row]) < 1e-3)
    }
  }

  @Test("targets and outputs that do not fit in memory are rejected")
  func refused() throws {
    let count = 200_000
    let labels = Column("y", (0..<count).map { Float($0) })
    let data = try Dataset(inputs: Tensor(shape: [count, 1], Array(repeating: 0, count: count)), targets: [labels])
    #expect(throws: GliaError.self) { try data.encoded(for: CategoricalCrossentropy()) }
    let network = try Network(input: [1]) { Dense(count, activation: .softmax) }
    let error = #expect(throws: GliaError.self) {
      _ = try Training(
        network, on: data, loss: .sparseCategoricalCrossentropy, optimizer: .sgd(learningRate: 0.1),
        metrics: [Accuracy()])
    }
    #expect(error?.what.contains("more memory than is available") == true)
  }
}

import Glia
import Testing

@Suite("Network")
struct NetworkTests {
  @Test("the same seed gives the same bits, different seeds different bits")
  func seeds() throws {
    func network(_ seed: UInt64) throws -> Network {
      try Network(input: [3], seed: seed) {
        Dense(8, activation: .relu)
        Dense(2, activation: .softmax)
      }
    }
    #expect(try network(7).parameters == network(7).parameters)
    #expect(try network(7).parameters != network(8).parameters)
  }

  @Test("the default initializer depends on the activation: He for rectifiers, otherwise Glorot")
  func fittingInitializer() throws {
    let network = try Network(input: [400]) {
      Dense(300, activation: .relu)
      Dense(200, activation: .tanh)
    }
    func variance(_ name: String) throws -> Double {
      let values = try #require(network[name]).values.map(Double.init)
      return values.map { $0 * $0 }.reduce(0, +) / Double(values.count)
    }
    // A uniform distribution on ±r has variance r²/3; the sample variance has relative standard error 2/√(5n).
    #expect(abs(try variance("layers.0.weight") / (2 / 400) - 1) < 5 * 0.9 / Double(120_000).squareRoot())
    #expect(abs(try variance("layers.1.weight") / (2 / 500) - 1) < 5 * 0.9 / Double(60_000).squareRoot())
    #expect(try #require(network["layers.0.bias"]).values.allSatisfy { $0 == 0 })
  }

  @Test("predictions do not depend on batching")
  func batching() throws {
    let network = try Network(input: [2], seed: 1) {
      Dense(33, activation: .gelu())
      Dropout(0.5)
      Dense(3, activation: .softmax)
    }
    var random = Random(seed: 3)
    let rows = (0..<601).map { _ in [random.uniform(-1, 1), random.uniform(-1, 1)] }
    let together = try network.predict(Tensor(rows: rows))
    for index in [0, 255, 256, 600] {
      let alone = try network.predict(Tensor(rows: [rows[index]]))
      for (a, b) in zip(alone.values, together[row: index]) { #expect(abs(a - b) <= 1e-6) }
    }
  }

  @Test("mismatched shapes are rejected when the network is built")
  func shapes() throws {
    let error = #expect(throws: GliaError.self) { try Network(input: [4, 4]) { Dense(2) } }
    #expect(error?.place == "network.layers.0")
    #expect(throws: GliaError.self) { try Network(input: [], layers: [Dense(1)]) }
    #expect(throws: GliaError.self) { try Network(input: [2], layers: []) }
    #expect(throws: GliaError.self) { try Network(input: [2]) { Dense(0) } }
  }

  @Test("sizes that exceed memory are rejected before allocation", arguments: [1_000_000_000_000, Int.max])
  func hugeSizes(units: Int) throws {
    #expect(throws: GliaError.self) { try Network(input: [2]) { Dense(units) } }
    #expect(throws: GliaError.self) {
      try Network(input: [1_000_000]) {
        Dense(1)
        Dense(units)
      }
    }
  }

  @Test("samples with a different width are rejected")
  func wrongInput() throws {
    let network = try Network(input: [2]) { Dense(1) }
    #expect(throws: GliaError.self) { try network.predict(Tensor(rows: [[1, 2, 3]])) }
    #expect(try network.predict(Tensor(shape: [0, 2], [])).shape == [0, 1])
  }

  @Test("the printed table shows parameter counts and reports values that are not finite")
  func summary() throws {
    var network = try Network(input: [2]) {
      Dense(4, activation: .tanh)
      Dense(1, activation: .sigmoid)
    }
    #expect("\(network)".contains("17 parameters"))
    #expect(network.architecture == "2–4–1")
    try network.set("layers.1.bias", to: Tensor(shape: [1], [.nan]))
    #expect("\(network)".contains("(1 not finite)"))
  }

  @Test("tensors can be set by name only with the right shape")
  func setTensors() throws {
    var network = try Network(input: [2]) { Dense(3) }
    #expect(throws: GliaError.self) {
      try network.set("layers.0.weight", to: Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6]))
    }
    #expect(throws: GliaError.self) { try network.set("layers.1.weight", to: Tensor(shape: [1], [1])) }
    #expect(throws: GliaError.self) { try network.setAll([("layers.0.bias", Tensor(shape: [3], [1, 2, 3]))]) }
  }
}

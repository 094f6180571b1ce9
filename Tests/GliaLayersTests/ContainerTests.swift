import Foundation
import Glia
import TestSupport
import Testing

@Suite("Container layers")
struct ContainerTests {
  private let row: [[Float]] = [[1, 2]]

  /// Two linear branches that give (3, 4) and (10, -1) for (1, 2).
  private func branches(_ mode: ParallelMode) throws -> LayerProbe {
    let layer = Parallel(mode) {
      Dense(2, useBias: false)
      Sequential { Dense(2, useBias: false) }
    }
    return try LayerProbe(layer, row, parameters: [1, 1, 2, 1, 4, 3, 1, -1])
  }

  @Test(
    "parallel adds, averages, multiplies and concatenates",
    arguments: [
      (ParallelMode.add, [13, 3], [8, 4]),
      (.average, [6.5, 1.5], [4, 2]), (.multiply, [30, -4], [24, 14]),
    ] as [(ParallelMode, [Float], [Float])])
  func modes(mode: ParallelMode, y: [Float], dx: [Float]) throws {
    var probe = try branches(mode)
    try #expect(probe.forward() == y)
    try #expect(probe.backward([1, 1]).x == dx)
  }

  @Test("outputs are concatenated, and gradients are split")
  func concatenation() throws {
    var probe = try branches(.concatenate)
    #expect(probe.plan.output == [4])
    try #expect(probe.forward() == [3, 4, 10, -1])
    let (dx, gradients) = try probe.backward([1, 2, 3, 4])
    // 1·1 + 2·2 + 3·4 + 4·1 and 1·1 + 2·1 + 3·3 - 4·1.
    #expect(dx == [21, 8])
    #expect(gradients == [1, 2, 2, 4, 3, 6, 4, 8])
    // Along the last axis, row by row.
    let deep = Parallel(.concatenate) {
      Flatten()
      Reshape(2)
    }
    var other = try LayerProbe(deep, row)
    try #expect(other.forward() == [1, 2, 1, 2])
    let sides = Parallel(.concatenate) {
      Embedding(3, 1)
      Embedding(3, 2)
    }
    var embedded = try LayerProbe(sides, row, parameters: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(embedded.plan.output == [2, 3])
    try #expect(embedded.forward() == [2, 6, 7, 3, 8, 9])
  }

  @Test("residual adds its input, and the gradient takes both paths")
  func residual() throws {
    var probe = try LayerProbe(Residual { Dense(2, activation: .tanh) }, row, parameters: [0.5, 0, 0, -1, 0, 0])
    // 1 + tanh 0.5, 2 + tanh -2; slopes 1 - tanh².
    #expect(try probe.forward().isNear([1.4621172, 1.0359724]))
    let (dx, gradients) = try probe.backward([1, 1])
    #expect(dx.isNear([1 + 0.5 * 0.7864477, 1 - 0.07065082]))
    #expect(gradients.isNear([0.7864477, 1.5728955, 0.07065082, 0.14130165, 0.7864477, 0.07065082]))
  }

  @Test("each repetition of a layer has its own parameters")
  func repetition() throws {
    var probe = try LayerProbe(
      Repeated(3) { Dense(2, useBias: false) }, row, parameters: [0, 1, 1, 0, 2, 0, 0, 3, 1, 1, 0, 1])
    try #expect(probe.forward() == [7, 3])
    let network = try Network(input: [2], seed: 1) { Repeated(2) { Dense(2) } }
    #expect(network["layers.0.layers.0.weight"] != network["layers.0.layers.1.weight"])
  }

  @Test("mismatched shapes are rejected with their path")
  func shapes() throws {
    func place(_ layer: some Layer) -> String? {
      #expect(throws: GliaError.self) { try Network(input: [2], layers: [Dense(2), layer]) }?.place
    }
    #expect(place(Residual { Dense(3) }) == "network.layers.1.layers")
    #expect(place(Sequential { Sequential { Dense(0) } }) == "network.layers.1.layers.0.layers.0.units")
    #expect(place(Sequential {}) == "network.layers.1.layers")
    #expect(
      place(
        Repeated(2) {
          Dense(1); Reshape(2)
        }) == "network.layers.1.layers.1.shape")
    let sum = Parallel(.add) {
      Dense(2)
      Dense(3)
    }
    #expect(place(sum) == "network.layers.1.branches.1")
    #expect(place(Parallel(.add) { Dense(0) }) == "network.layers.1.branches.0.units")
  }

  @Test("depth is limited before planning", arguments: [0, -1, 10_001, Int.max])
  func depth(times: Int) {
    #expect(throws: GliaError.self) { try Network(input: [1]) { Repeated(times) { Dense(1) } } }
    let nested = Repeated(5000) { Residual { Repeated(5000) { Repeated(5000) { ActivationLayer(.tanh) } } } }
    #expect(throws: GliaError.self) { try Network(input: [1]) { nested } }
  }

  /// A network with containers in containers, as JSON.
  private let text = #"""
    {"network": {"layers": [
      {"type": "dense", "units": 4, "activation": "relu"},
      {"type": "residual", "layers": ["batch_norm", {"type": "dense", "units": 4, "activation": "tanh"}]},
      {"type": "parallel", "mode": "add", "branches": [
        {"layers": [{"type": "dense", "units": 3}, "prelu"]},
        {"type": "repeated", "times": 2, "layers": [{"type": "dense", "units": 3}]},
        {"type": "dense", "units": 3}
      ]},
      {"layers": ["layer_norm", {"type": "dense", "units": 1, "activation": "sigmoid"}]}
    ]}}
    """#

  private func experiment() throws -> Experiment { try Experiment(from: JSON(parsing: text), with: .standard) }

  @Test("nested layers are read from and written to JSON; an object without type is a sequential layer")
  func json() throws {
    let experiment = try experiment()
    let written = try experiment.json()
    #expect(try Experiment(from: written, with: .standard).json() == written)
    #expect(written["network"]?["layers"]?[3]?["type"] == "sequential")
    #expect(written["network"]?["layers"]?[2]?["branches"]?[0]?["type"] == "sequential")
    let changed = try experiment.setting("network.layers.2.branches.0.layers.0.units", to: 5, with: .standard)
    #expect(changed.network.layers.count == 4)
    let full = try experiment.network.layers.map { try JSON(part: $0.resolved()) }
    #expect(full[1]["layers"]?[1]?["initializer"]?["type"] == "glorot_uniform")
    #expect(full[2]["branches"]?[0]?["layers"]?[0]?["initializer"]?["type"] == "glorot_uniform")
  }

  @Test(
    "an object without type that is not a sequential layer is an error",
    arguments: [
      (#"{"units": 3}"#, "layer without a type", "network.layers.0"),
      (#"{"layers": ["tanh"], "units": 3}"#, "unknown setting 'units'", "network.layers.0.units"),
      (#"{"type": "residual"}"#, "layer 'residual' without layers", "network.layers.0"),
      (#"{"type": "residual", "layers": [{"units": 3}]}"#, "layer without a type", "network.layers.0.layers.0"),
      (
        #"{"type": "parallel", "mode": "sum", "branches": ["flatten"]}"#, "unknown value 'sum'", "network.layers.0.mode"
      ),
    ])
  func withoutType(layer: String, what: String, place: String) throws {
    let json = try JSON(parsing: #"{"network": {"layers": [\#(layer)]}}"#)
    let error = #expect(throws: GliaError.self) { try Experiment(from: json, with: .standard) }
    #expect(error?.what.contains(what) == true && error?.place == place, "\(String(describing: error))")
  }

  @Test("a split without type reports unknown keys")
  func split() throws {
    let json = try JSON(parsing: #"{"split": {"tset": 0.2}}"#)
    let error = #expect(throws: GliaError.self) { try Experiment(from: json, with: .standard) }
    #expect(error?.place == "split.tset")
  }

  private func nested(_ depth: Int) throws -> Experiment {
    let layers =
      String(repeating: #"{"layers": ["#, count: depth) + #""flatten""# + String(repeating: "]}", count: depth)
    return try Experiment(from: JSON(parsing: #"{"network": {"layers": [\#(layers)]}}"#), with: .standard)
  }

  @Test("the deepest nesting that is allowed does not exhaust the stack")
  func nesting() throws {
    let experiment = try nested(64)
    let network = try Network(input: [2], layers: experiment.network.layers)
    #expect(try network.predict(Tensor(rows: row)).values == [1, 2])
    #expect(try experiment.json() == experiment.json())
  }

  @Test("deeper nesting is refused, from JSON and in Swift")
  func tooDeep() throws {
    for depth in [65, 250] {
      let error = #expect(throws: GliaError.self) { try nested(depth) }
      #expect(error?.what == "components nested more than 64 deep", "\(String(describing: error))")
      let layers = (0..<depth).reduce([Flatten()] as [any Layer]) { inner, _ in [Sequential { inner }] }
      let swift = #expect(throws: GliaError.self) { try Network(input: [2], layers: layers) }
      #expect(swift?.what == "layers nested more than 64 deep", "\(String(describing: swift))")
    }
  }

  @Test("tensor names contain the path of their layer, and a model file restores all tensors")
  func modelFile() throws {
    let experiment = try experiment()
    let data = try Moons(samples: 100, noise: 0.1).load()
    let network = try Network(input: [2], seed: 3, layers: experiment.network.layers)
    let names = Set(network.tensors.map(\.name))
    for name in [
      "layers.1.layers.0.running_mean", "layers.1.layers.1.weight", "layers.2.branches.0.layers.0.weight",
      "layers.2.branches.0.layers.1.slope", "layers.2.branches.1.layers.1.bias", "layers.2.branches.2.weight",
      "layers.3.layers.0.weight", "layers.3.layers.1.bias",
    ] {
      #expect(names.contains(name), "\(name)")
    }
    var training = try Training(network, on: data, loss: .binaryCrossentropy, optimizer: .adam(), epochs: 2)
    try training.fit()
    #expect(training.network["layers.1.layers.0.running_mean"]?.values != [0, 0, 0, 0])
    let path = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Model(network: training.network, experiment: experiment).write(to: path)
    let loaded = try Model(contentsOf: path, with: .standard)
    #expect(loaded.network.tensors.map(\.tensor) == training.network.tensors.map(\.tensor))
    #expect(try loaded.predict(data.inputs) == training.network.predict(data.inputs))
  }

  @Test("the last activation of a sequential layer is fused with the loss like that of a layer")
  func separation() throws {
    let data = try Moons(samples: 50, noise: 0.1).load()
    func trained(_ layers: [any Layer]) throws -> [Float] {
      var network = try Network(input: [2], layers: layers)
      try network.set(network.tensors[0].name, to: Tensor(rows: [[300, -200]]))
      var training = try Training(
        network, on: data, loss: .binaryCrossentropy, optimizer: .sgd(learningRate: 1), epochs: 1)
      try training.fit()
      return training.network.parameters
    }
    // The outputs are saturated: only logits have a gradient.
    let plain = try trained([Dense(1, activation: .sigmoid)])
    #expect(try trained([Sequential { Dense(1, activation: .sigmoid) }]) == plain)
    #expect(plain.prefix(2) != [300, -200])
  }

  @Test("indices are rejected, wherever the first layer is")
  func check() throws {
    let inner = Sequential {
      Embedding(3, 2)
      Flatten()
    }
    for layer in [inner, Parallel(.add) { inner }, Repeated(1) { inner }] as [any Layer] {
      let network = try Network(input: [2], layers: [layer])
      #expect(try network.predict(Tensor(rows: [[0, 2]])).shape == [1, 4])
      let error = #expect(throws: GliaError.self) { try network.predict(Tensor(rows: [[0, 3]])) }
      #expect(error?.what.contains("feature 1 of sample 0") == true)
      #expect(error?.place?.hasSuffix("layers.0") == true, "\(String(describing: error?.place))")
    }
  }

  @Test("activity regularization also works inside branches")
  func activityPenalty() throws {
    var dense = Dense(2, activation: .tanh)
    dense.activityRegularizer = L2(0.5)
    func penalty(_ layers: [any Layer]) throws -> (Double, [Float]) {
      let data = try Moons(samples: 20, noise: 0.1).load()
      var training = try Training(
        Network(input: [2], seed: 2, layers: layers + [Dense(1)]), on: data, loss: .meanSquaredError, optimizer: .sgd(),
        epochs: 1, shuffle: false)
      let epoch = try training.next()
      return (try #require(epoch).penalty, training.network.parameters)
    }
    let plain = try penalty([dense])
    let branch = try penalty([Parallel(.add) { dense }])
    #expect(plain.0 > 0.01 && plain == branch)
    #expect(try penalty([Sequential { dense }]) == plain)
  }

  @Test("the table shows nested layers")
  func summary() throws {
    let network = try Network(input: [2], layers: experiment().network.layers)
    let rows = network.rows
    #expect(rows.map(\.detail) == ["relu", "2 layers", "add, 3 branches", "2 layers"])
    // 4·2 + 4; 2·4 + 4·4 + 4; (15 + 3) + (15 + 12) + 15; 2·3 + 4.
    #expect(rows.map(\.parameters) == [12, 28, 60, 10])
  }
}

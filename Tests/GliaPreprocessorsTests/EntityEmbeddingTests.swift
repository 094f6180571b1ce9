import Glia
import Testing

@Suite("Entity embedding")
struct EntityEmbeddingTests {
  @Test("an output depends on its own input")
  func dependencies() {
    let layer = EntityEmbedding([
      EntityEmbedding.Column(place: 2, values: 5, units: 2), EntityEmbedding.Column(place: 0, values: 3, units: 1),
    ])
    #expect(layer.dependencies(inputs: 4) == [[1], [3], [2], [2], [0]])
  }

  @Test("vectors follow the other inputs")
  func forward() throws {
    let layer = EntityEmbedding([.init(place: 2, values: 2, units: 1), .init(place: 0, values: 3, units: 2)])
    var network = try Network(input: [4], layers: [layer])
    #expect(network.output == [5])
    try network.set("layers.0.weight_0", to: Tensor(rows: [[7], [8]]))
    try network.set("layers.0.weight_1", to: Tensor(rows: [[1, 2], [3, 4], [5, 6]]))
    let x = try Tensor(rows: [[2, 10, 1, 20], [0, 30, 0, 40]])
    #expect(try network.predict(x).values == [10, 20, 8, 5, 6, 30, 40, 7, 1, 2])
  }

  @Test("samples of several axes count as one row each")
  func axes() throws {
    var network = try Network(input: [2, 2], layers: [EntityEmbedding([.init(place: 2, values: 2, units: 1)])])
    try network.set("layers.0.weight_0", to: Tensor(rows: [[7], [8]]))
    let x = try Tensor(shape: [2, 2, 2], [10, 20, 1, 30, 40, 50, 0, 60])
    #expect(try network.predict(x).values == [10, 20, 30, 8, 40, 50, 60, 7])
    let gradients = try network.gradients(
      of: MeanSquaredError(), on: Dataset(inputs: x, targets: (0..<4).map { Column("y\($0)", [0, 0]) }))
    #expect(gradients.inputs.shape == [2, 2, 2] && gradients["layers.0.weight_0"]?.values == [1.75, 2])
  }

  @Test("invalid columns and indices are refused")
  func refusals() throws {
    for columns in [
      [], [EntityEmbedding.Column(place: 2, values: 2, units: 1)], [.init(place: -1, values: 2, units: 1)],
      [.init(place: 0, values: 0, units: 1)], [.init(place: 0, values: 2, units: 0)],
      [.init(place: 0, values: 2, units: 1), .init(place: 0, values: 2, units: 1)],
      [.init(place: 0, values: 2, units: .max), .init(place: 1, values: 2, units: .max)],
    ] {
      #expect(throws: GliaError.self) { try Network(input: [2], layers: [EntityEmbedding(columns)]) }
    }
    let network = try Network(input: [1], layers: [EntityEmbedding([.init(place: 0, values: 2, units: 1)]), Dense(1)])
    for bad in [[2], [-1], [0.5]] as [[Float]] {
      let data = try Dataset(inputs: Tensor(rows: [[0], bad]), targets: Tensor(rows: [[0], [1]]))
      #expect(throws: GliaError.self) {
        _ = try Training(network, on: data, loss: MeanSquaredError(), optimizer: SGD())
      }
    }
  }
}

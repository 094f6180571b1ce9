import Glia
import Testing

/// Truth tables of threshold units.
@Suite("Threshold units")
struct ThresholdUnitTests {
  private func network(
    _ activation: some Activation, _ layers: (weight: [[Float]], bias: [Float])..., inputs: Int
  ) throws -> Network {
    var network = try Network(input: [inputs]) {
      for layer in layers { Dense(layer.bias.count, activation: activation) }
    }
    for (i, layer) in layers.enumerated() {
      try network.set("layers.\(i).weight", to: Tensor(rows: layer.weight))
      try network.set("layers.\(i).bias", to: Tensor(shape: [layer.bias.count], layer.bias))
    }
    return network
  }

  private let signs: [[Float]] = [[-1, -1], [-1, 1], [1, -1], [1, 1]]

  @Test("AND, OR and NOT as one sign unit each")
  func gates() throws {
    let x = try Tensor(rows: signs)
    #expect(try network(.sign, ([[1, 1]], [-1]), inputs: 2).predict(x).values == [-1, -1, -1, 1])
    #expect(try network(.sign, ([[1, 1]], [1]), inputs: 2).predict(x).values == [-1, 1, 1, 1])
    #expect(try network(.sign, ([[-1]], [0]), inputs: 1).predict(Tensor(rows: [[-1], [1]])).values == [1, -1])
  }

  @Test("XOR = OR(AND(-g1, g2), AND(g1, -g2)) of sign units")
  func signXOR() throws {
    let xor = try network(.sign, ([[-1, 1], [1, -1]], [-1, -1]), ([[1, 1]], [1]), inputs: 2)
    #expect(try xor.predict(Tensor(rows: signs)).values == [-1, 1, 1, -1])
  }

  @Test("XOR with unit steps, whatever the value at 0", arguments: [0, 0.5, 1])
  func stepXOR(atZero: Float) throws {
    let x = try Tensor(rows: [[0, 0], [0, 1], [1, 0], [1, 1]])
    let hidden: ([[Float]], [Float]) = ([[1, 1], [1, 1]], [-1.5, -0.5])
    let step = Heaviside(atZero: atZero)
    #expect(try network(step, hidden, inputs: 2).predict(x).values == [0, 0, 0, 1, 0, 1, 1, 1])
    #expect(try network(step, hidden, ([[-1, 1]], [-0.5]), inputs: 2).predict(x).values == [0, 1, 1, 0])
  }
}

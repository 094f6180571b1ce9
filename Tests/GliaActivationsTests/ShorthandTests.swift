import Glia
import Testing

@Suite("Shorthands of activations")
struct ShorthandTests {
  @Test("activations with settings can be named without parentheses")
  func names() {
    let layers = [
      Dense(1, activation: .celu), Dense(1, activation: .elu), Dense(1, activation: .gelu),
      Dense(1, activation: .heaviside),
      Dense(1, activation: .leakyReLU), Dense(1, activation: .squareplus),
      Dense(1, activation: .gelu(approximate: true)),
    ]
    #expect(layers.map(\.detail) == ["celu", "elu", "gelu", "heaviside", "leaky_relu", "squareplus", "gelu"])
  }
}

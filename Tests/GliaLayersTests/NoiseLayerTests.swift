import Glia
import Testing

@Suite("Noise layers")
struct NoiseLayerTests {
  private func moments(_ values: [Float]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)
    return (mean, variance)
  }

  @Test("gaussian noise has mean 0 and the given standard deviation")
  func gaussian() throws {
    var probe = try LayerProbe(GaussianNoise(0.3), [[Float](repeating: 2, count: 40_000)])
    let (mean, variance) = try moments(probe.forward())
    // Five standard errors: 5 σ/√n and 5 σ² √(2/n).
    #expect(abs(mean - 2) < 5 * 0.3 / 200)
    #expect(abs(variance - 0.09) < 5 * 0.09 * (2.0 / 40_000).squareRoot())
  }

  @Test("alpha dropout keeps mean 0 and variance 1", arguments: [Float(0.05), 0.3, 0.7])
  func alpha(rate: Float) throws {
    var random = Random(seed: 3)
    let row = (0..<40_000).map { _ in Float(random.normal()) }
    var probe = try LayerProbe(AlphaDropout(rate), [row])
    let y = try probe.forward()
    let (mean, variance) = moments(y)
    #expect(abs(mean) < 0.025 && abs(variance - 1) < 0.04)
    // Dropped units have a constant value.
    let dropped = Dictionary(grouping: y) { $0 }.values.map(\.count).max() ?? 0
    #expect(abs(Float(dropped) / 40_000 - rate) < 0.012)
  }

  @Test("alpha dropout's constants: rate 0.5 gives a = 0.8864, b = 0.7792")
  func alphaConstants() throws {
    var probe = try LayerProbe(AlphaDropout(0.5), [[Float](repeating: 1, count: 64)])
    // a = (0.5 + 3.0909 · 0.25)^(-1/2), b = 0.5 · 1.7581 a: kept 1 becomes a + b, dropped ones b - 1.7581 a.
    for y in try probe.forward() { #expect(abs(y - 1.665599) < 1e-5 || abs(y + 0.779194) < 1e-5, "\(y)") }
  }

  @Test("the same key gives the same noise, a different key different noise")
  func keys() throws {
    let layers: [any Layer] = [Dropout(0.5), AlphaDropout(0.5), GaussianNoise(1), Sequential { Dropout(0.5) }]
    for layer in layers {
      func outputs(_ key: UInt64) throws -> [Float] {
        var probe = try LayerProbe(layer, [[Float](repeating: 1, count: 64)])
        probe.key = key
        return try probe.forward()
      }
      #expect(try outputs(1) == outputs(1))
      #expect(try outputs(1) != outputs(2))
    }
  }

  @Test("layers of the same kind draw independent noise")
  func ownNoise() throws {
    let branches = Parallel(.concatenate) {
      Dropout(0.5)
      Dropout(0.5)
    }
    var probe = try LayerProbe(branches, [[Float](repeating: 1, count: 64)])
    let y = try probe.forward()
    #expect(y.prefix(64) != y.suffix(64))
  }
}

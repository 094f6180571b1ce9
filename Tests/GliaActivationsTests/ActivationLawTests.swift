import Glia
import Testing

/// Identities between activations.
@Suite("Properties of activations")
struct ActivationLawTests {
  private let z: [Float] = (-400...400).map { Float($0) / 32 } + [-1e4, -100, 100, 1e4]

  private func applied(_ activation: some Activation, to z: [Float], width: Int = 1) -> [Float] {
    var values = z
    var span = values.mutableSpan
    activation.apply(&span, width: width)
    return values
  }

  private func expectEqual(
    _ left: [Float], _ right: [Float], within tolerance: Float = 1e-6, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(left.count == right.count, sourceLocation: location)
    for (a, b) in zip(left, right) {
      #expect(abs(a - b) <= tolerance * max(abs(b), 1), "\(a) is not \(b)", sourceLocation: location)
    }
  }

  @Test("tanh z = 2 σ(2z) - 1")
  func tanh() {
    expectEqual(applied(.tanh, to: z), applied(.sigmoid, to: z.map { 2 * $0 }).map { 2 * $0 - 1 })
  }

  @Test("softplus z - softplus(-z) = z, and ln σ(z) = z - softplus z")
  func softplus() {
    let opposite = z.map { -$0 }
    expectEqual(zip(applied(.softplus, to: z), applied(.softplus, to: opposite)).map { $0 - $1 }, z)
    expectEqual(zip(applied(.softplus, to: z), applied(.logSigmoid, to: z)).map { $0 + $1 }, z)
    expectEqual(applied(.softplus, to: [0]), [0.6931471805599453])
  }

  @Test("silu = z σ(z); hard_silu = z hard_sigmoid(z); celu 1 = elu 1; exp(log_softmax) = softmax")
  func products() {
    expectEqual(applied(.silu, to: z), zip(z, applied(.sigmoid, to: z)).map { $0 * $1 })
    expectEqual(applied(.hardSiLU, to: z), zip(z, applied(.hardSigmoid, to: z)).map { $0 * $1 })
    expectEqual(applied(.celu(), to: z), applied(.elu(), to: z))
    let logarithms = applied(.logSoftmax, to: Array(z.prefix(800)), width: 5)
    expectEqual(applied(.exponential, to: logarithms), applied(.softmax, to: Array(z.prefix(800)), width: 5))
  }

  @Test("squareplus stays precise far below 0: a (a - z) = b / 4")
  func squareplus() {
    for b: Float in [0.01, 4, 100] {
      let values = applied(.squareplus(b: b), to: z)
      // Uses double precision because of cancellation in a - z.
      let quarters = zip(values, z).map { Float(Double($0) * (Double($0) - Double($1)) / Double(b)) }
      expectEqual(Array(quarters.prefix(400)), [Float](repeating: 0.25, count: 400), within: 1e-6)
    }
    expectEqual(applied(.squareplus(), to: [-1e4]).map { 1e4 * $0 }, [1])
  }

  @Test("the unit step is 1 at 0, ½ with at_zero ½; the sign is 0 there")
  func steps() throws {
    #expect(applied(.heaviside(), to: [-1, -0.0, 0, 0x1p-133, 2]) == [0, 1, 1, 1, 1])
    #expect(applied(.heaviside(atZero: 0.5), to: [-0x1p-133, -0.0, 0, 2]) == [0, 0.5, 0.5, 1])
    #expect(applied(.sign, to: [-3, -0x1p-133, -0.0, 0, 0x1p-133, 5]) == [-1, -1, 0, 0, 1, 1])
    let half = try Registry.standard.make((any Activation).self, from: ["type": "unit_step", "at_zero": 0.5])
    #expect(applied(half, to: [0]) == [0.5])
  }

  @Test(
    "settings out of range are rejected",
    arguments: [
      ["type": "heaviside", "at_zero": 1.5], ["type": "heaviside", "at_zero": -0.1], ["type": "celu", "alpha": 0],
      ["type": "celu", "alpha": -1], ["type": "squareplus", "b": 0], ["type": "squareplus", "b": -4],
    ] as [JSON])
  func refused(_ json: JSON) {
    #expect(throws: GliaError.self) { try Registry.standard.make((any Activation).self, from: json) }
  }

  @Test(
    "names and aliases",
    arguments: [
      ("step", "heaviside"), ("swish", "silu"), ("hardswish", "hard_silu"), ("Hard-Swish", "hard_silu"),
      ("ReLU6", "relu6"), ("LogSoftmax", "log_softmax"),
    ])
  func names(_ spelling: String, _ name: String) throws {
    let made = try Registry.standard.make((any Activation).self, named: spelling)
    #expect(type(of: made).name == name)
  }
}

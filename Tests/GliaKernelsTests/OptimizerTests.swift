import Foundation
import GliaKernels
import GliaKernels.Variants
import Testing

@Suite struct OptimizerTests {
  /// A trajectory computed by PyTorch in float64.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Component: Decodable, Sendable {
      var type: String
      var learningRate: Float
      var momentum: Float?
      var rho: Float?
      var epsilon: Float?
      var centered: Bool?
      var beta1: Float?
      var beta2: Float?
    }
    var component: Component
    var start: [Float]
    var gradients: [[Float]]
    var trajectory: [[Double]]

    var testDescription: String { component.type }
  }

  static let cases: [Case] = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let file = Bundle.module.url(forResource: "optimizers", withExtension: "json", subdirectory: "Fixtures"),
      let data = try? Data(contentsOf: file), let all = try? decoder.decode([Case].self, from: data)
    else { return [] }
    return all.filter { ["sgd", "momentum", "nesterov", "rmsprop", "adam"].contains($0.component.type) }
  }()

  @Test func everyOptimizerHasItsCases() {
    #expect(Set(Self.cases.map(\.component.type)).count == 5)
    #expect(Self.cases.contains { $0.component.centered == true && ($0.component.momentum ?? 0) > 0 })
  }

  @Test(arguments: Variant.all, cases) func trajectories(_ variant: Variant, _ reference: Case) {
    // Repeated to cover full vectors and a remainder.
    let copies = 7, n = reference.start.count * copies
    let repeated = { (values: [Float]) in (0..<copies).flatMap { _ in values } }
    let w = Buffer(repeated(reference.start))
    let zeros = [Float](repeating: 0, count: n)
    let states = [Buffer(zeros), Buffer(zeros), Buffer(zeros)]
    var worst = 0.0
    for (step, (gradient, expected)) in zip(reference.gradients, reference.trajectory).enumerated() {
      update(reference.component, variant.kernels, n, step + 1, repeated(gradient), states.map(\.pointer), w.pointer)
      for (i, value) in w.values.enumerated() {
        worst = max(worst, abs(Double(value) - expected[i % reference.start.count]))
      }
    }
    #expect(worst <= 1e-5 && w.isIntact && states.allSatisfy(\.isIntact))
  }

  private func update(
    _ component: Case.Component, _ kernels: glia_kernels, _ n: Int, _ step: Int, _ g: [Float],
    _ states: [UnsafeMutablePointer<Float>?], _ w: UnsafeMutablePointer<Float>?
  ) {
    let rate = component.learningRate, momentum = component.momentum ?? 0, epsilon = component.epsilon ?? 0
    switch component.type {
    case "sgd": kernels.sgd(n, rate, g, w)
    case "momentum": kernels.momentum(n, rate, momentum, g, states[0], w)
    case "nesterov": kernels.nesterov(n, rate, momentum, g, states[0], w)
    case "rmsprop":
      kernels.rmsprop(
        n, rate, component.rho ?? 0, epsilon, momentum, g, states[0], component.centered == true ? states[1] : nil,
        momentum > 0 ? states[2] : nil, w)
    default:
      let beta1 = component.beta1 ?? 0, beta2 = component.beta2 ?? 0
      let correction = { (beta: Float) in Float(1 - pow(Double(beta), Double(step))) }
      kernels.adam(n, rate, beta1, beta2, epsilon, correction(beta1), correction(beta2), g, states[0], states[1], w)
    }
  }

  @Test(arguments: Variant.all) func statesAfterOneStep(_ variant: Variant) {
    let g: [Float] = [0.5, -2], first = Buffer([0, 0]), second = Buffer([0, 0]), third = Buffer([0, 0])
    let w = Buffer([1, 1])
    let near = { (buffer: Buffer, values: [Float]) in
      zip(buffer.values, values).allSatisfy { abs($0 - $1) <= 1e-6 * abs($1) } && buffer.isIntact
    }
    variant.kernels.adam(2, 0.01, 0.75, 0.5, 1e-8, 0.25, 0.5, g, first.pointer, second.pointer, w.pointer)
    #expect(near(first, [0.125, -0.5]) && near(second, [0.125, 2]) && near(w, [0.99, 1.01]))

    let square = Buffer([0, 0]), mean = Buffer([0, 0])
    variant.kernels.rmsprop(2, 0.1, 0.75, 0, 0.5, g, square.pointer, mean.pointer, third.pointer, w.pointer)
    // g / √(¼ g² - g² / 16) = ±4 / √3
    #expect(near(square, [0.0625, 1]) && near(mean, [0.125, -0.5]) && near(third, [2.3094010, -2.3094010]))
  }

  @Test(arguments: Variant.all, cases) func everySize(_ variant: Variant, _ reference: Case) {
    var noise = Noise()
    for n in oddSizes {
      let g = noise.floats(n), start = noise.floats(n), zeros = [Float](repeating: 0, count: n)
      let together = Buffer(start), states = [Buffer(zeros), Buffer(zeros), Buffer(zeros)]
      update(reference.component, variant.kernels, n, 1, g, states.map(\.pointer), together.pointer)
      // Every element must move the same way alone as among others.
      let alone = (0..<n).map { i in
        let w = Buffer([start[i]]), state = [Buffer([0]), Buffer([0]), Buffer([0])]
        update(reference.component, variant.kernels, 1, 1, [g[i]], state.map(\.pointer), w.pointer)
        return state.allSatisfy(\.isIntact) ? w.values[0] : .nan
      }
      #expect(bits(together.values) == bits(alone), "\(n)")
      #expect(together.isIntact && states.allSatisfy(\.isIntact), "\(n)")
    }
  }

  /// A mean without gradient would otherwise stay at the smallest subnormal number, on which processors are slow.
  @Test(arguments: Variant.all) func meansDecayToZero(_ variant: Variant) {
    let (n, zeros, kernels) = (19, [Float](repeating: 0, count: 19), variant.kernels)
    var (m, v, w) = (zeros.map { $0 + 1 }, zeros.map { $0 + 1e-36 }, zeros)
    var velocity = m
    for _ in 0..<5000 {
      kernels.adam(n, 0.1, 0.9, 0.99, 1e-8, 1, 1, zeros, &m, &v, &w)
      kernels.momentum(n, 0.1, 0.9, zeros, &velocity, &w)
    }
    #expect(m == zeros && v == zeros && velocity == zeros)
  }
}

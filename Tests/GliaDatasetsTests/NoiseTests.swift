import Foundation
import Glia
import Testing

/// Noise drawn from the seed.
struct NoiseTests {
  static let sources: [@Sendable (UInt64) -> any DataSource] = [
    { Moons(samples: 50, seed: $0) }, { Circles(samples: 50, seed: $0) }, { Spirals(samples: 50, seed: $0) },
    { XOR(samples: 50, noise: 0.1, seed: $0) }, { Blobs(samples: 50, seed: $0) }, { SineCurve(samples: 50, seed: $0) },
    { PolynomialCurve(samples: 50, seed: $0) }, { StepCurve(samples: 50, seed: $0) },
    { SincCurve(samples: 50, seed: $0) }, { PlaneSurface(samples: 50, seed: $0) },
    { HillsSurface(samples: 50, seed: $0) }, { Checkerboard(samples: 50, seed: $0) },
    { GaussianQuantiles(samples: 50, seed: $0) }, { LinearlySeparable(samples: 50, seed: $0) },
    { TwoSpirals(samples: 50, noise: 0.1, seed: $0) }, { SwissRoll(samples: 50, seed: $0) },
    { Friedman1(samples: 50, seed: $0) }, { Friedman2(samples: 50, seed: $0) }, { Friedman3(samples: 50, seed: $0) },
    { LinearFunction(samples: 50, seed: $0) }, { IllConditioned(samples: 50, seed: $0) },
    { Digits(samples: 50, noise: 0, seed: $0) }, { MNIST1D(samples: 50, noise: 0, seed: $0) },
  ]

  @Test(arguments: sources.indices)
  func seedsDecideEveryBit(index: Int) throws {
    let source = Self.sources[index]
    let (first, again, other) = (try source(3).load(), try source(3).load(), try source(4).load())
    #expect(first.inputs == again.inputs && first.targets == again.targets)
    #expect(first.inputs != other.inputs || first.targets != other.targets)
  }

  @Test(
    arguments: [
      (Moons(samples: 5000, noise: 0.3), Moons(samples: 5000, noise: 0)),
      (Circles(samples: 5000, noise: 0.3), Circles(samples: 5000, noise: 0)),
      (XOR(samples: 5000, noise: 0.3), XOR(samples: 5000, noise: 0)),
      (Blobs(samples: 5000, noise: 0.3), Blobs(samples: 5000, noise: 0)),
      (TwoSpirals(samples: 5000, noise: 0.3), TwoSpirals(samples: 5000, noise: 0)),
    ] as [(any DataSource, any DataSource)])
  func featuresAreSpoiled(noisy: any DataSource, exact: any DataSource) throws {
    let (noisy, exact) = (try noisy.load(), try exact.load())
    #expect(noisy.targets == exact.targets)
    let deviations = zip(noisy.inputs.values, exact.inputs.values).map { Double($0) - Double($1) }
    expectNormal(deviations, 0.3)
    let (first, second) = (deviations.striding(from: 0), deviations.striding(from: 1))
    expectNormal(zip(first, second).map { ($0 + $1) / 2.0.squareRoot() }, 0.3)
  }

  @Test(
    arguments: [
      (SineCurve(samples: 10_000, noise: 0.3), SineCurve(samples: 10_000, noise: 0)),
      (PolynomialCurve(samples: 10_000, noise: 0.3), PolynomialCurve(samples: 10_000, noise: 0)),
      (StepCurve(samples: 10_000, noise: 0.3), StepCurve(samples: 10_000, noise: 0)),
      (SincCurve(samples: 10_000, noise: 0.3), SincCurve(samples: 10_000, noise: 0)),
    ] as [(any DataSource, any DataSource)])
  func targetsAreSpoiled(noisy: any DataSource, exact: any DataSource) throws {
    let (noisy, exact) = (try noisy.load(), try exact.load())
    #expect(noisy.inputs == exact.inputs)
    let pairs = zip(try noisy.targets[0].numbers(), try exact.targets[0].numbers())
    expectNormal(pairs.map { Double($0) - Double($1) }, 0.3)
  }

  @Test func planeIsSpoiledInItsHeight() throws {
    let data = try PlaneSurface(samples: 10_000, noise: 0.3).load()
    let sums = (0..<data.count).map { Double(data.inputs[row: $0].reduce(0, +)) }
    expectNormal(zip(try data.targets[0].numbers(), sums).map { Double($0) - $1 / 10 }, 0.3)
  }

  @Test func spiralsAreSpoiledInTheirAngle() throws {
    let (noisy, exact) = (try Spirals(samples: 9000).load(), try Spirals(samples: 9000, noise: 0).load())
    let angles: [Double] = (0..<noisy.count).compactMap { row in
      let (a, b) = (noisy.inputs[row: row].map(Double.init), exact.inputs[row: row].map(Double.init))
      let (r, exactRadius) = (hypot(a[0], a[1]), hypot(b[0], b[1]))
      #expect(abs(r - exactRadius) < 1e-6)
      return r < 0.01 ? nil : remainder(atan2(a[0], a[1]) - atan2(b[0], b[1]), 2 * .pi)
    }
    expectNormal(angles, 0.2)
  }

  @Test func noiseIsIndependentOfTheSplit() throws {
    let exact = try XOR(samples: 1000).load()
    let noisy = try XOR(samples: 1000, noise: 1, seed: 5).load()
    var random = Random(seed: 5)
    let drawn = (0..<2000).map { _ in random.normal() }
    let deviations = zip(noisy.inputs.values, exact.inputs.values).map { Double($0) - Double($1) }
    #expect(!zip(deviations, drawn).contains { abs($0 - $1) < 1e-6 })
  }

  /// The mean, standard deviation and tail of N(0, `deviation`²), each within five standard errors.
  private func expectNormal(_ values: [Double], _ deviation: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + $1 * $1 } / count
    let outside = Double(values.count { abs($0) > 2 * deviation }) / count
    #expect(abs(mean) < 5 * deviation / count.squareRoot())
    #expect(abs(variance / (deviation * deviation) - 1) < 5 * (2 / count).squareRoot())
    #expect(abs(outside - 0.0455) < 5 * (0.0455 * 0.9545 / count).squareRoot())
  }
}

extension [Double] {
  fileprivate func striding(from start: Int) -> [Double] { stride(from: start, to: count, by: 2).map { self[$0] } }
}

import GliaCore
import RealModule
import Testing

@testable import GliaSearchStrategies

@Suite("Parzen estimators")
struct ParzenTests {
  @Test("a density integrates to 1 in one and two dimensions", arguments: [false, true])
  func integral(isJoint: Bool) {
    let kernels = [[0.1, 0.15, 0.9], [0.5, nil, 0.02]].map { ParzenKernels($0, categories: nil) }
    let estimator = ParzenEstimator(isJoint ? kernels : [kernels[0]], weights: [1, 0.5, 1])
    let steps = (0..<200).map { (Double($0) + 0.5) / 200 }
    let integral =
      isJoint
      ? steps.reduce(0) { sum, x in steps.reduce(sum) { $0 + .exp(estimator.logDensity([x, $1])) / 40_000 } }
      : steps.reduce(0) { $0 + .exp(estimator.logDensity([$1])) / 200 }
    #expect(abs(integral - 1) < 1e-3)
    var random = Random(seed: 1)
    #expect((0..<2000).allSatisfy { _ in estimator.draw(using: &random).allSatisfy { 0..<1 ~= $0 } })
  }

  @Test("the kernels are as wide as the gaps between observations")
  func widths() {
    // The first one is next to 0.15, but none of 4 kernels is narrower than 1/4².
    let kernels = ParzenKernels([0.1, 0.15, 0.9], categories: nil)
    for (kernel, center, width) in [(0, 0.1, 0.0625), (1, 0.15, 0.75), (2, 0.9, 0.75)] {
      let fall = kernels.logDensity(kernel, center) - kernels.logDensity(kernel, center - 0.1)
      #expect(abs(fall - 0.005 / width / width) < 1e-12)
    }
  }

  @Test("categories: probabilities by hand, and draws that follow them")
  func categories() {
    // Three observations of three categories: the observed one has (1 + 1/3) / (1 + 3/3) = 2/3, others 1/6.
    let kernels = ParzenKernels([0.1, 0.1, 0.9], categories: 3)
    let estimator = ParzenEstimator([kernels], weights: [1, 1, 1])
    let expected = [
      (2.0 / 3 * 2 + 1.0 / 6 + 1.0 / 3) / 4, (1.0 / 6 * 3 + 1.0 / 3) / 4, (1.0 / 6 * 2 + 2.0 / 3 + 1.0 / 3) / 4,
    ]
    var random = Random(seed: 1)
    let draws = (0..<6000).map { _ in Int(estimator.draw(using: &random)[0] * 3) }
    for (category, probability) in expected.enumerated() {
      #expect(abs(.exp(estimator.logDensity([(Double(category) + 0.5) / 3])) - probability) < 1e-12)
      #expect(abs(Double(draws.count { $0 == category }) / 6000 - probability) < 0.025)
    }
  }

  @Test("joint kernels see which coordinates belong together; coordinates without a value do not count")
  func joint() {
    let kernels = [[0.2, 0.8], [0.2, 0.8]].map { ParzenKernels($0, categories: nil) }
    let estimator = ParzenEstimator(kernels, weights: [1, 1])
    #expect(estimator.logDensity([0.1, 0.1]) > estimator.logDensity([0.1, 0.9]))
    #expect(abs(estimator.logDensity([0.2, nil]) - estimator.logDensity([0.8, nil])) < 1e-9)
    #expect(abs(estimator.logDensity([nil, nil])) < 1e-12)
  }
}

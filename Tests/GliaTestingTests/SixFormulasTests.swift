import Foundation
import Glia
import GliaTesting
import Testing

/// The six components of the README.
@Suite("Six formulas, six components")
struct SixFormulasTests {
  @Test("all components pass all checks")
  func checks() throws {
    let parts: [any Component] = [Swish(), Cauchy(), LogPenalty(), Rademacher(), Signum(), Quadratic()]
    for part in parts {
      for result in checkComponent(part, registry: .standard) { #expect(result.passed, "\(result)") }
    }
  }

  @Test("the README contains the tested code")
  func readme() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let formulas = try String(contentsOf: tests.appending(path: "SixFormulas.swift"), encoding: .utf8)
    let readme = try String(contentsOf: tests.appending(path: "../../README.md"), encoding: .utf8)
    #expect(readme.contains("```swift\n\(formulas)```\n"))
  }

  @Test("a network with all six learns a nonlinear boundary")
  func learns() throws {
    let data = try Circles(samples: 200, noise: 0.05).load()
    let network = try Network(input: [2], seed: 1) {
      Quadratic(units: 4)
      ActivationLayer(Swish())
      Dense(1, activation: .sigmoid, initializer: Rademacher(), regularizer: LogPenalty())
    }
    var optimizer = Signum()
    optimizer.learningRate = 0.01
    var training = try Training(
      network, on: data, loss: Cauchy(), optimizer: optimizer, metrics: [Accuracy()], epochs: 200)
    try training.fit()
    let accuracy = try #require(training.history.last?.training["accuracy"])
    #expect(accuracy > 0.95, "\(accuracy)")
  }
}

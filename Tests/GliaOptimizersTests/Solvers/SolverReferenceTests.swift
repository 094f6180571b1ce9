import Foundation
import Glia
import GliaTesting
import Testing

@Suite("Solvers compared with SciPy")
struct SolverReferenceTests {
  private func results(_ optimizer: String) throws -> [CheckResult] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = tests.appending(path: "Fixtures/solvers.json")
    let cases = try JSON(parsing: [UInt8](Data(contentsOf: file)), name: "solvers")
    let own = try #require(cases.array).filter { $0["optimizer"]?.string == optimizer }
    return try checkReference(.array(own), registry: .standard)
  }

  @Test("lbfgs: logistic and softmax regression with l2, in at most 1.2 times SciPy's iterations")
  func lbfgs() throws {
    let results = try results("lbfgs")
    #expect(results.count == 3)
    for result in results { #expect(result.passed, "\(result)") }
  }

  @Test("levenberg_marquardt: small tanh networks, up to 1.02 times SciPy's error")
  func levenbergMarquardt() throws {
    let results = try results("levenberg_marquardt")
    #expect(results.count == 3)
    for result in results { #expect(result.passed, "\(result)") }
  }

  @Test("damaged cases fail with a reason")
  func damaged() throws {
    let tensor: JSON = ["shape": [1, 1], "values": [0]]
    let cases: [JSON] = [
      ["optimizer": 5], ["optimizer": "lbfgs"], ["optimizer": "unknown", "x": [[1]], "y": [1], "iterations": 1],
      ["optimizer": "lbfgs", "activation": "sigmoid", "outputs": 1, "l2": 0.1, "iterations": 1e300],
      [
        "optimizer": "levenberg_marquardt", "widths": [1, 1_000_000_000, 1], "x": [[1]], "y": [[1]],
        "mean_squared_error": 1, "initial": ["layers.0.weight": tensor],
      ],
      ["optimizer": "levenberg_marquardt", "widths": [1, 1, 1], "x": [[1], []], "y": [[1], [2]], "initial": [:]],
    ]
    let results = try checkReference(.array(cases), registry: .standard)
    #expect(results.count == cases.count && results.allSatisfy { !$0.passed })
  }

  @Test("every solver passes its checks")
  func checks() throws {
    let names = [
      "lbfgs", "conjugate_gradient", "levenberg_marquardt", "bayesian_regularization", "mean_squared_error",
      "half_squared_error",
    ]
    for result in try checkRegistry(.standard, names: names) { #expect(result.passed, "\(result)") }
  }
}

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

  /// The valley of the second case is so flat that values in single precision no longer show the decrease.
  @Test("levenberg_marquardt: small tanh networks, up to 1.02 times SciPy's error, but for the flattest valley")
  func levenbergMarquardt() throws {
    let results = try results("levenberg_marquardt")
    #expect(results.map(\.passed) == [true, false, true])
  }

  @Test("every solver passes its checks")
  func checks() throws {
    let names = ["lbfgs", "conjugate_gradient", "levenberg_marquardt", "bayesian_regularization"]
    for result in try checkRegistry(.standard, names: names) { #expect(result.passed, "\(result)") }
  }
}

import Foundation
import Glia
import GliaTesting
import Testing

@Suite("Solvers compared with SciPy")
struct SolverReferenceTests {
  @Test("logistic and softmax regression, and small tanh networks", arguments: ["solvers"])
  func reference(_ name: String) throws {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    let cases = try JSON(parsing: String(contentsOf: url, encoding: .utf8), name: name)
    for result in try checkReference(cases, registry: .standard) { #expect(result.passed, "\(result)") }
  }
}

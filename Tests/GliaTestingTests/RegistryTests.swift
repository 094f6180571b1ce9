import Glia
import GliaTesting
import Testing

@Test func everyComponentPasses() throws {
  let results = try checkRegistry(.standard)
  print(checkTable(results, isDetailed: false))
  let entries = Registry.standard.knownKinds.flatMap { Registry.standard.components(of: $0) }
  #expect(Set(results.map { "\($0.kind) \($0.component)" }).count == entries.count)
  for result in results { #expect(result.passed, "\(result)") }
}

import Glia
import GliaTesting
import Testing

@Test func everyComponentPasses() throws {
  let results = try checkRegistry(.standard)
  print(checkTable(results, isDetailed: false))
  let entries = Registry.standard.knownKinds.flatMap { Registry.standard.components(of: $0) }
  let checked = Set(results.map { "\($0.kind) \($0.component)" })
  #expect(entries.map { "\($0.type.kind) \($0.type.name)" }.filter { !checked.contains($0) } == [])
  for result in results { #expect(result.passed, "\(result)") }
}

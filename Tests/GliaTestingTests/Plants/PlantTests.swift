import Glia
import GliaTesting
import Testing

@Test("every planted fault is caught by the expected checks, with a likely cause", arguments: Plant.all)
func plantIsCaught(_ plant: Plant) {
  let failed = checkComponent(plant.component).filter { !$0.passed }
  #expect(plant.checks.isSubset(of: failed.map(\.check)), "\(failed.map(\.description).joined(separator: "\n"))")
  let told = failed.filter { plant.checks.contains($0.check) }.compactMap(\.explanation)
  #expect(!told.isEmpty && told.allSatisfy { $0.contains("likely cause: ") }, "\(told.joined(separator: "\n"))")
}

@Test("every kind with its own check has at least five planted faults")
func everyKindIsPlanted() {
  let counts = Dictionary(grouping: Plant.all) { type(of: $0.component).kind }.mapValues(\.count)
  for kind in Registry.standard.knownKinds { #expect(counts[kind, default: 0] >= 5, "\(kind)") }
}

@Test("components without planted faults pass")
func soundPlantsPass() {
  let sound: [any Component] = [
    PlantedFormula(), PlantedFormula("critic"), PlantedCrossentropy(), PlantedLoops(), PlantedClasses(),
    PlantedClasses("one-hot"), PlantedFunction(), PlantedSchedule(), PlantedInitializer(), PlantedRegularizer(),
    PlantedOptimizer(), PlantedTransform(), PlantedTransform("means"), PlantedConstraint(), PlantedSource(),
    PlantedSplit(), PlantedPreprocessor(), PlantedAugmentation(), PlantedMetric(), PlantedLayer(), PlantedCallback(),
    PlantedStrategy(), PlantedPruner(),
  ]
  for result in sound.flatMap({ checkComponent($0) }) { #expect(result.passed, "\(result)") }
}

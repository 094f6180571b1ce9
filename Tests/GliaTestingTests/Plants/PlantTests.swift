import Glia
import GliaTesting
import Testing

/// A component with a planted fault, and the checks that must find it.
struct Plant: Sendable, CustomTestStringConvertible {
  let component: any Component
  let fault: String
  let checks: Set<String>

  var testDescription: String { "\(type(of: component).name): \(fault)" }

  /// One plant per fault; the checks for a fault are separated by semicolons.
  static func all(_ faults: KeyValuePairs<String, String>, _ plant: (String) -> any Component) -> [Plant] {
    faults.map { fault, checks in
      Plant(component: plant(fault), fault: fault, checks: Set(checks.split(separator: "; ").map(String.init)))
    }
  }
}

let plants: [Plant] =
  Plant.all([
    "logarithm": "finite at the target",
    "upside down": "minimum at the target; every output matters",
    "elsewhere": "minimum at the target",
    "one side": "extremes; minimum at the target",
    "no floor": "minimum at the target",
    "target ignored": "minimum at the target",
    "prediction ignored": "NaN stays NaN; every output matters",
    "constant": "NaN stays NaN; every output matters",
    "nan at target": "finite at the target",
    "slope at target": "finite at the target",
    "flat": "every output matters",
    "setting": "settings have an effect",
  ]) { PlantedFormula($0) }
  + Plant.all([
    "swapped": "agrees, from logistic logits; correct predictions preferred",
    "one class": "agrees, from logistic logits; correct predictions preferred",
    "sign": "agrees, from logistic logits; correct predictions preferred",
    "logits": "agrees, from logistic logits",
  ]) { PlantedCrossentropy($0) }
  + Plant.all([
    "weights normalized": "weights",
    "rows - 1": "weights; extremes; finite at the target",
    "weights squared": "weights",
    "first sample twice": "independent rows; mean over samples; weights",
    "last output ignored": "every output matters",
    "batch of one ignored": "independent rows; mean over samples; weights",
    "neighbor's target": "independent rows; mean over samples; weights",
    "weights in the gradient alone": "weights",
    "weights in the value alone": "weights",
    "remembers": "value without gradient",
    "half of the gradient": "finite; gradient; independent rows",
    "outputs averaged in the gradient alone": "gradient",
    "gradient's sign": "gradient",
    "gradient added": "finite; gradient; extremes",
    "noise": "value without gradient",
  ]) { PlantedLoops($0) }
  + Plant.all([
    "next class": "correct predictions preferred",
    "last class ignored": "correct predictions preferred",
    "target ignored": "correct predictions preferred",
    "sign": "correct predictions preferred",
  ]) { PlantedClasses($0) }
  + Plant.all([
    "next class, one-hot": "correct predictions preferred",
    "last class ignored, one-hot": "correct predictions preferred",
    "target ignored, one-hot": "correct predictions preferred",
    "sign, one-hot": "correct predictions preferred",
  ]) { PlantedClasses($0) }
  + Plant.all([
    "range": "range",
    "useless": "useful derivative",
    "link": "link",
    "setting": "settings have an effect",
    "dips": "monotonic",
    "infinity": "extremes; monotonic",
    "saturates": "values; extremes",
    "rounds": "values",
    "mixes": "values; extremes; batch of one",
    "remembers": "same bits",
    "large": "extremes",
    "negative zero": "kinks; extremes",
    "left slope": "derivative; extremes",
    "right slope": "derivative; extremes",
    "gradient ignored": "derivative",
    "gradient squared": "derivative",
    "first alone": "derivative; batch of one",
    "output for input": "derivative; extremes",
  ]) { PlantedFunction($0) }
  + Plant.all([
    "period": "counts steps or epochs",
    "setting": "settings have an effect",
    "negative": "rates",
    "nan": "rates; same rates",
    "grows": "rates",
    "base ignored": "scales with the base rate",
    "base squared": "scales with the base rate",
    "zero at first": "first rate; scales with the base rate",
    "random": "same rates",
    "remembers": "same rates",
    "grows with epochs": "rates",
    "grows by powers": "rates",
    "negative after epochs": "rates",
    "remembers epochs": "same rates",
  ]) { PlantedSchedule($0) }
  + Plant.all([
    "setting": "settings have an effect",
    "fans exchanged": "variance",
    "own generator": "draws from the generator",
    "drawn for nothing": "different seed, different numbers",
    "half": "finite; mean; variance",
    "equal units": "independent numbers; mean; variance",
    "pairs": "independent numbers",
    "mirrored": "independent numbers",
    "mean": "mean",
    "positive": "mean",
    "variance": "variance",
    "remembers": "same seed, same bits",
    "nan": "finite; mean; variance",
  ]) { PlantedInitializer($0) }
  + Plant.all([
    "setting": "settings have an effect",
    "first row alone": "every weight penalized",
    "negative": "extremes",
    "remembers": "gradient at 0",
    "nan": "extremes",
    "half": "gradient",
    "sign": "gradient",
    "strength twice": "gradient",
    "strength missing": "gradient",
    "mean": "gradient",
    "noise": "same bits",
    "written": "adds its gradient",
    "last missing": "gradient; every weight penalized",
  ]) { PlantedRegularizer($0) }
  + Plant.all([
    "too much state": "state",
    "last forgotten": "every parameter moves; parameter order; Rosenbrock function",
    "one of five forgotten": "convergence; every parameter moves; parameter order",
    "one velocity": "parameter order",
    "neighbor's velocity": "descent; parameter order; Rosenbrock function",
    "setting": "settings have an effect",
    "uphill": "descent; Rosenbrock function",
    "nothing": "descent; convergence; uses the step's rate",
    "own rate": "uses the step's rate; Rosenbrock function",
    "rate squared": "uses the step's rate",
    "rate's root": "uses the step's rate",
    "remembers": "resumes from its state",
    "drifts": "zero gradient",
    "jitters": "same bits",
    "explodes": "stays at the minimum; Rosenbrock function",
    "tires": "convergence; Rosenbrock function",
    "nan": "sizes",
    "another step": "step",
    "reaches": "declared tensors",
    "decays": "zero gradient; Rosenbrock function",
  ]) { PlantedOptimizer($0) }
  + Plant.all([
    "too much state": "state",
    "setting": "settings have an effect",
    "grows": "size",
    "turns": "descent",
    "zero": "descent",
    "sums": "size",
    "remembers": "same key, same bits",
    "nan": "extremes; new random numbers",
    "weights": "extremes; new random numbers",
    "reaches": "declared tensors",
  ]) { PlantedTransform($0) }
  + Plant.all([
    "shrinks": "idempotence; nearest point",
    "beyond": "nearest point",
    "mirrored": "nearest point",
    "noise": "same bits",
    "remembers": "same bits",
    "nan": "nearest point; extremes",
    "setting": "settings have an effect",
  ]) { PlantedConstraint($0) }
  + Plant.all([
    "throws": "load",
    "seed ignored": "settings have an effect",
    "unseeded": "same seed, same bits",
    "too few": "samples",
    "samples ignored": "settings have an effect",
    "setting": "settings have an effect",
    "constant features": "variety",
    "constant target": "variety",
    "nan": "load",
    "infinite target": "load",
    "grows": "same seed, same bits",
    "names": "input names",
    "empty names": "input names",
    "no targets": "targets",
  ]) { PlantedSource($0) }
  + Plant.all([
    "seed ignored": "settings have an effect",
    "unseeded": "same seed, same parts",
    "fraction": "fractions",
    "setting": "settings have an effect",
    "lost": "every sample",
    "validation lost": "every sample",
    "twice": "parts",
    "test learned": "disjoint parts",
    "validation learned": "disjoint parts",
    "validation tested": "disjoint parts",
    "beyond": "every sample; parts",
    "negative": "every sample; parts",
    "nothing to learn": "fractions; parts",
  ]) { PlantedSplit($0) }
  + Plant.all([
    "throws": "features",
    "nothing": "features",
    "names": "names",
    "fits again": "each sample alone",
    "first row": "each sample alone",
    "infinite": "features",
    "not saved": "saved and read",
    "setting": "settings have an effect",
  ]) { PlantedPreprocessor($0) }
  + Plant.all([
    "first row alone": "every sample",
    "setting": "settings have an effect",
    "grows": "size of inputs",
    "remembers": "same generator, same bits",
    "nan": "finite",
    "nothing": "new random numbers; every sample",
    "targets": "targets; probabilities sum to 1",
    "targets zero": "targets; probabilities sum to 1",
  ]) { PlantedAugmentation($0) }
  + Plant.all([
    "percent": "range",
    "direction": "better direction",
    "neighbor's target": "better direction; sample order",
    "targets ignored": "better direction",
    "last ignored": "sample order",
    "order": "sample order; number of samples",
    "setting": "settings have an effect",
    "constant": "better direction",
    "weights ignored": "weights",
    "weights not divided by": "weights",
    "sum": "number of samples",
    "perfect is nan": "range; better direction",
    "single": "one sample",
    "noise": "sample order",
    "remembers": "sample order",
    "nan": "range; better direction; extremes",
  ]) { PlantedMetric($0) }
  + Plant.all([
    "too wide": "outputs",
    "resolved": "resolved",
    "state": "state",
    "setting": "settings have an effect",
    "inference": "gradient of the input, in inference; gradient of weight, in inference",
    "last sample first": "batch of one",
    "remembers": "same key, same bits",
    "position": "batch of one",
    "last sample missing": "gradient of weight, in training; gradient of weight, in inference",
    "bias averaged": "gradient of bias, in training; gradient of bias, in inference",
    "bias overwritten": "gradient of bias, in training; gradient of bias, in inference",
    "batch of one": "gradient of the input, in training",
    "weight missing": "gradient of the input, in training; gradient of the input, in inference",
    "input gradient added": "gradient of the input, in training; writes gradients; gradient of the input, in inference",
    "input gradient half": "gradient of the input, in training; writes gradients; gradient of the input, in inference",
    "needs input gradient": "without input gradient",
  ]) { PlantedLayer($0) }
  + Plant.all([
    "unannounced": "files",
    "remembers": "same epochs, same result",
    "replay skipped": "resumes",
    "begins twice": "resumes",
    "replay written": "resumes",
  ]) { PlantedCallback($0) }
  + Plant.all([
    "end": "coordinates are in [0, 1)",
    "too many": "coordinates are in [0, 1)",
    "undefined": "coordinates are in [0, 1)",
    "grows": "coordinates are in [0, 1)",
    "remembers": "same results, same proposals; same trials for any number of jobs",
  ]) { PlantedStrategy($0) }
  + Plant.all([
    "concurrency": "concurrency is positive",
    "reversed": "the best trial continues",
    "impatient": "the best trial continues; a trial without rivals continues; failed trials are no rivals",
    "failures": "failed trials are no rivals",
    "remembers": "the best trial continues",
  ]) { PlantedPruner($0) }

@Test("every planted fault is caught by the expected checks, with a likely cause", arguments: plants)
func plantIsCaught(_ plant: Plant) {
  let failed = checkComponent(plant.component).filter { !$0.passed }
  #expect(plant.checks.isSubset(of: failed.map(\.check)), "\(failed.map(\.description).joined(separator: "\n"))")
  let told = failed.filter { plant.checks.contains($0.check) }.compactMap(\.explanation)
  #expect(!told.isEmpty && told.allSatisfy { $0.contains("likely cause: ") }, "\(told.joined(separator: "\n"))")
}

@Test("every kind with its own check has at least five planted faults")
func everyKindIsPlanted() {
  let counts = Dictionary(grouping: plants) { type(of: $0.component).kind }.mapValues(\.count)
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

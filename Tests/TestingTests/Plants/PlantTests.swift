import Glia
import GliaTesting
import Testing

/// A component with a fault, and the check that has to find it.
struct Plant: Sendable, CustomTestStringConvertible {
  let component: any Component
  let fault: String
  let checks: Set<String>

  var testDescription: String { "\(type(of: component).name): \(fault)" }

  /// One plant a fault; the checks of a fault are parted by semicolons.
  static func all(_ faults: KeyValuePairs<String, String>, _ plant: (String) -> any Component) -> [Plant] {
    faults.map { fault, checks in
      Plant(component: plant(fault), fault: fault, checks: Set(checks.split(separator: "; ").map(String.init)))
    }
  }
}

let plants: [Plant] =
  Plant.all([
    "logarithm": "finite at the target",
    "upside down": "least at the target; every output counts",
    "elsewhere": "least at the target",
    "one side": "extremes; least at the target",
    "no floor": "least at the target",
    "target ignored": "least at the target",
    "prediction ignored": "NaN stays NaN; every output counts",
    "constant": "NaN stays NaN; every output counts",
    "nan at target": "finite at the target",
    "slope at target": "finite at the target",
    "flat": "every output counts",
    "setting": "settings count",
  ]) { PlantedFormula($0) }
  + Plant.all([
    "swapped": "agrees, from logistic logits; right is better",
    "one class": "agrees, from logistic logits; right is better",
    "sign": "agrees, from logistic logits; right is better",
    "logits": "agrees, from logistic logits",
  ]) { PlantedCrossentropy($0) }
  + Plant.all([
    "weights normalized": "weights",
    "rows - 1": "weights; extremes; finite at the target",
    "weights squared": "weights",
    "first sample twice": "rows by themselves; mean over samples; weights",
    "last output ignored": "every output counts",
    "batch of one ignored": "rows by themselves; mean over samples; weights",
    "neighbor's target": "rows by themselves; mean over samples; weights",
    "weights in the gradient alone": "weights",
    "weights in the value alone": "weights",
    "remembers": "value without gradient",
    "half of the gradient": "finite; gradient; rows by themselves",
    "outputs averaged in the gradient alone": "gradient",
    "gradient's sign": "gradient",
    "gradient added": "finite; gradient; extremes",
    "noise": "value without gradient",
  ]) { PlantedLoops($0) }
  + Plant.all([
    "next class": "right is better",
    "last class ignored": "right is better",
    "target ignored": "right is better",
    "sign": "right is better",
  ]) { PlantedClasses($0) }
  + Plant.all([
    "next class, one-hot": "right is better",
    "last class ignored, one-hot": "right is better",
    "target ignored, one-hot": "right is better",
    "sign, one-hot": "right is better",
  ]) { PlantedClasses($0) }
  + Plant.all([
    "range": "range",
    "useless": "useful derivative",
    "link": "link",
    "setting": "settings count",
    "dips": "monotonic",
    "infinity": "extremes; monotonic",
    "saturates": "values; extremes",
    "rounds": "values",
    "mixes": "values; extremes; batch of one",
    "remembers": "equal bits",
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
    "setting": "settings count",
    "negative": "rates",
    "nan": "rates; equal rates",
    "grows": "rates",
    "base ignored": "follows the base",
    "base squared": "follows the base",
    "zero at first": "first rate; follows the base",
    "random": "equal rates",
    "remembers": "equal rates",
    "grows with epochs": "rates",
    "grows by powers": "rates",
    "negative after epochs": "rates",
    "remembers epochs": "equal rates",
  ]) { PlantedSchedule($0) }
  + Plant.all([
    "setting": "settings count",
    "fans exchanged": "variance",
    "own generator": "draws from the generator",
    "drawn for nothing": "other seed, other numbers",
    "half": "finite; mean; variance",
    "equal units": "independent numbers; mean; variance",
    "pairs": "independent numbers",
    "mirrored": "independent numbers",
    "mean": "mean",
    "positive": "mean",
    "variance": "variance",
    "remembers": "equal seed, equal bits",
    "nan": "finite; mean; variance",
  ]) { PlantedInitializer($0) }
  + Plant.all([
    "setting": "settings count",
    "first row alone": "every weight counts",
    "negative": "extremes",
    "remembers": "gradient at 0",
    "nan": "extremes",
    "half": "gradient",
    "sign": "gradient",
    "strength twice": "gradient",
    "strength missing": "gradient",
    "mean": "gradient",
    "noise": "equal bits",
    "written": "adds its gradient",
    "last missing": "gradient; every weight counts",
  ]) { PlantedRegularizer($0) }
  + Plant.all([
    "too much state": "state",
    "last forgotten": "moves everything; order of parameters; valley",
    "one of five forgotten": "convergence; moves everything; order of parameters",
    "one velocity": "order of parameters",
    "neighbor's velocity": "descent; order of parameters; valley",
    "setting": "settings count",
    "uphill": "descent; valley",
    "nothing": "descent; convergence; follows the rate",
    "own rate": "follows the rate; valley",
    "rate squared": "follows the rate",
    "rate's root": "follows the rate",
    "remembers": "goes on from its state",
    "drifts": "rests without gradient",
    "jitters": "equal bits",
    "explodes": "stays down; valley",
    "tires": "convergence; valley",
    "nan": "sizes",
    "another step": "step",
    "reaches": "reach",
    "decays": "rests without gradient; valley",
  ]) { PlantedOptimizer($0) }
  + Plant.all([
    "too much state": "state",
    "setting": "settings count",
    "grows": "size",
    "turns": "descent",
    "zero": "descent",
    "sums": "size",
    "remembers": "equal key, equal bits",
    "nan": "extremes; draws anew",
    "weights": "extremes; draws anew",
    "reaches": "reach",
  ]) { PlantedTransform($0) }
  + Plant.all([
    "shrinks": "twice is once; nearest point",
    "beyond": "nearest point",
    "mirrored": "nearest point",
    "noise": "equal bits",
    "remembers": "equal bits",
    "nan": "nearest point; extremes",
    "setting": "settings count",
  ]) { PlantedConstraint($0) }
  + Plant.all([
    "throws": "load",
    "seed ignored": "settings count",
    "unseeded": "equal seed, equal bits",
    "too few": "samples",
    "samples ignored": "settings count",
    "setting": "settings count",
    "constant features": "variety",
    "constant target": "variety",
    "nan": "load",
    "infinite target": "load",
    "grows": "equal seed, equal bits",
    "names": "input names",
    "empty names": "input names",
    "no targets": "targets",
  ]) { PlantedSource($0) }
  + Plant.all([
    "seed ignored": "settings count",
    "unseeded": "equal seed, equal parts",
    "fraction": "fractions",
    "setting": "settings count",
    "lost": "every sample",
    "validation lost": "every sample",
    "twice": "parts",
    "test learned": "apart",
    "validation learned": "apart",
    "validation tested": "apart",
    "beyond": "every sample; parts",
    "negative": "every sample; parts",
    "nothing to learn": "fractions; parts",
  ]) { PlantedSplit($0) }
  + Plant.all([
    "first row alone": "every sample",
    "setting": "settings count",
    "grows": "size of inputs",
    "remembers": "equal random, equal bits",
    "nan": "finite",
    "nothing": "draws anew; every sample",
    "targets": "targets; probabilities add up",
    "targets zero": "targets; probabilities add up",
  ]) { PlantedAugmentation($0) }
  + Plant.all([
    "percent": "range",
    "direction": "better direction",
    "neighbor's target": "better direction; order of samples",
    "targets ignored": "better direction",
    "last ignored": "order of samples",
    "order": "order of samples; number of samples",
    "setting": "settings count",
    "constant": "better direction",
    "weights ignored": "weights",
    "weights not divided by": "weights",
    "sum": "number of samples",
    "perfect is nan": "range; better direction",
    "single": "one sample",
    "noise": "order of samples",
    "remembers": "order of samples",
    "nan": "range; better direction; extremes",
  ]) { PlantedMetric($0) }
  + Plant.all([
    "too wide": "outputs",
    "resolved": "resolved",
    "state": "state",
    "setting": "settings count",
    "inference": "gradient of the input, in inference; gradient of weight, in inference",
    "last sample first": "batch of one",
    "remembers": "equal key, equal bits",
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
    "remembers": "equal epochs, equal end",
    "replay skipped": "resumes",
    "begins twice": "resumes",
    "replay written": "resumes",
  ]) { PlantedCallback($0) }

@Test("every plant is caught by the checks meant for its fault, and the cause is told", arguments: plants)
func plantIsCaught(_ plant: Plant) {
  let failed = checkComponent(plant.component).filter { !$0.passed }
  #expect(plant.checks.isSubset(of: failed.map(\.check)), "\(failed.map(\.description).joined(separator: "\n"))")
  let told = failed.filter { plant.checks.contains($0.check) }.compactMap(\.explanation)
  #expect(!told.isEmpty && told.allSatisfy { $0.contains("likely cause: ") }, "\(told.joined(separator: "\n"))")
}

@Test("every kind that has a check of its own has plants, at least five")
func everyKindIsPlanted() {
  let counts = Dictionary(grouping: plants) { type(of: $0.component).kind }.mapValues(\.count)
  for kind in Registry.standard.knownKinds { #expect(counts[kind, default: 0] >= 5, "\(kind)") }
}

@Test("what the faults are planted in passes without them")
func soundPlantsPass() {
  let sound: [any Component] = [
    PlantedFormula(), PlantedFormula("critic"), PlantedCrossentropy(), PlantedLoops(), PlantedClasses(),
    PlantedClasses("one-hot"), PlantedFunction(), PlantedSchedule(), PlantedInitializer(), PlantedRegularizer(),
    PlantedOptimizer(), PlantedTransform(), PlantedTransform("means"), PlantedConstraint(), PlantedSource(),
    PlantedSplit(), PlantedAugmentation(), PlantedMetric(), PlantedLayer(), PlantedCallback(),
  ]
  for result in sound.flatMap({ checkComponent($0) }) { #expect(result.passed, "\(result)") }
}

@Test("the worst point is told, with the number of those that fail")
func worstPoint() throws {

  let range = try #require(checkActivation(PlantedDip()).first { $0.check == "range" })
  #expect(range.explanation?.contains("z = -1.0") == true && !range.passed, "\(range)")
  #expect(range.violations > 100 && range.points > range.violations)
  #expect("\(range)".contains("fails at \(range.violations) of \(range.points.grouped) points; the worst is shown"))
  #expect(try #require(range.worstError) > 0.3678)
}

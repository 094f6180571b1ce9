import Glia
import GliaTesting
import Testing

/// Expects that exactly these checks failed, each with an explanation that names the component.
private func expectCaught(
  _ results: [CheckResult], _ checks: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
  let failed = results.filter { !$0.passed }
  #expect(
    Set(failed.map(\.check)) == Set(checks), "failed: \(failed.map(\.description).joined(separator: "\n"))",
    sourceLocation: sourceLocation)
  for result in failed {
    #expect(result.explanation?.contains(result.component) == true, sourceLocation: sourceLocation)
  }
}

@Test func wrongActivationsAreCaught() throws {
  expectCaught(checkActivation(SlopeOff()), "derivative", "extremes", "slope at 0")
  expectCaught(checkActivation(TailWrong()), "values", "extremes", "batch of one", "NaN stays in its row")
  expectCaught(checkActivation(SwallowsNaN()), "NaN stays NaN")
  expectCaught(checkActivation(ReadsInput()), "derivative", "extremes", "slope at 0")
  expectCaught(checkActivation(WrongLink()), "link")
  let explanation = try #require(checkActivation(SlopeOff()).first { $0.check == "derivative" }?.explanation)
  #expect(explanation.contains("z = ") && explanation.contains("central differences give"))
  #expect(explanation.contains("likely cause"))
}

@Test func overflowingFormulaIsCaught() {
  expectCaught(checkActivation(Naive()), "extremes")
}

@Test func wrongRowActivationsAreCaught() {
  expectCaught(checkActivation(FaultySoftmax()))
  expectCaught(checkActivation(FaultySoftmax(slope: 1.01)), "derivative")
  expectCaught(checkActivation(FaultySoftmax(subtractsLargest: false)), "extremes")
  expectCaught(checkActivation(FaultySoftmax(mixesRows: true)), "derivative", "batch of one", "NaN stays in its row")
}

@Test func wrongLossesAreCaught() {
  expectCaught(checkLoss(FaultyLoss()))
  expectCaught(checkLoss(FaultyLoss("missing 1/n")), "gradient", "independent rows")
  expectCaught(checkLoss(FaultyLoss("1 %")), "gradient")
  expectCaught(checkLoss(FaultyLoss("sum")), "gradient", "mean over samples", "weights")
  expectCaught(checkLoss(FaultyLoss("weights")), "weights")
  expectCaught(checkLoss(FaultyLoss("widths")), "widths")
  expectCaught(checkLoss(FaultyLoss("value")), "value without gradient", "gradient")
  expectCaught(checkLoss(FormulaLossOff()), "gradient", "independent rows")
  expectCaught(checkLoss(FaultyHinge()), "targets", "NaN stays NaN")
}

@Test func wrongLossesWithTwoOutputsForEachTargetAreCaught() {
  expectCaught(checkLoss(FaultySpread()))
  expectCaught(checkLoss(FaultySpread("half of the spread's gradient")), "gradient")
  expectCaught(checkLoss(FaultySpread("widths")), "widths")
  expectCaught(checkLoss(FaultySpread("prefers targets")), "correct predictions preferred")
}

@Test func wrongCrossentropiesAreCaught() {
  expectCaught(checkLoss(FaultyCrossentropy()), "certainty")
  expectCaught(checkLoss(FaultyCrossentropy(labelSmoothing: 0.1)), "certainty", "agrees, from logistic logits")
  expectCaught(checkLoss(FaultyCrossentropy(overflows: true)), "certainty", "extremes, from logistic logits")
}

@Test func wrongClassWeightsAreCaught() {
  let weights: [Float] = [0.5, 3]
  expectCaught(checkLoss(FaultyClassWeights("", weights)))
  expectCaught(
    checkLoss(FaultyClassWeights("twice", weights)), "class weights", "class weights, from identity logits")
  expectCaught(
    checkLoss(FaultyClassWeights("forgotten", weights)), "class weights, from identity logits",
    "agrees, from identity logits")
}

@Test func wrongClaimsAreCaught() {
  expectCaught(checkLoss(MeanSquaredError(), laws: [.leastAtTarget]))
  expectCaught(checkLoss(MeanSquaredError(), laws: [.distributions]), "targets")
  expectCaught(checkLoss(BinaryCrossentropy(labelSmoothing: 0.1), laws: [.leastAtTarget]), "minimum at the target")
}

@Test func wrongRegularizersAreCaught() {
  expectCaught(checkRegularizer(HalfGradient()), "gradient")
  expectCaught(checkRegularizer(HalfGradient(writes: true)), "adds its gradient")
}

@Test func wrongLayersAreCaught() {
  expectCaught(checkLayer(FaultyScale()))
  expectCaught(
    checkLayer(FaultyScale("doubled input gradient")), "gradient of the input, in training",
    "gradient of the input, in inference")
  expectCaught(
    checkLayer(FaultyScale("1 % of one weight")), "gradient of weight, in training", "gradient of weight, in inference")
  expectCaught(checkLayer(FaultyScale("unwritten")), "outputs", "batch of one", "trains on one sample")
  expectCaught(checkLayer(FaultyScale("remembers")), "inference keeps its state")
  expectCaught(checkLayer(FaultyScale("name")), "names")
  expectCaught(checkLayer(FaultyScale("size")), "plan")
  expectCaught(checkLayer(FaultyScale("outside")), "plan")
  expectCaught(checkLayer(FaultyScale("unplanned gradient")), "plan")
  let adds = checkLayer(FaultyScale("adds")).filter { !$0.passed }.map(\.check)
  #expect(adds.contains("writes gradients"))
  let mixes = checkLayer(FaultyScale("mixes")).filter { !$0.passed }.map(\.check)
  #expect(mixes.contains("batch of one") && mixes.contains("gradient of the input, in training"))
  let random = checkLayer(FaultyScale("random")).filter { !$0.passed }.map(\.check)
  #expect(random.contains("same key, same bits"))
}

@Test func wrongDropoutIsCaught() {
  expectCaught(checkLayer(FaultyDropout(power: 1)))
  expectCaught(checkLayer(FaultyDropout(power: 2)), "noise keeps the mean")
  expectCaught(checkLayer(FaultyDropout(power: 0)), "noise keeps the mean")
  expectCaught(checkLayer(FaultyDropout(power: 3)), "sampling is random")
}

@Test func wrongNormalizationIsCaught() {
  expectCaught(checkLayer(FaultyBatchNorm()))
  expectCaught(checkLayer(FaultyBatchNorm(missesVariance: true)), "gradient of the input, in training")
}

@Test func wrongResidualIsCaught() {
  expectCaught(checkLayer(FaultyResidual()))
  expectCaught(
    checkLayer(FaultyResidual(forgets: true)), "gradient of the input, in training",
    "gradient of the input, in inference")
}

@Test func wrongOptimizersAreCaught() throws {
  expectCaught(checkOptimizer(FaultySGD()))
  expectCaught(checkOptimizer(FaultySGD("rises")), "descent", "Rosenbrock function")
  expectCaught(checkOptimizer(FaultySGD("own rate")), "uses the step's rate", "Rosenbrock function")
  expectCaught(checkOptimizer(FaultySGD("0 / 0")), "zero gradient", "sizes")
  expectCaught(checkOptimizer(FaultySGD("slow")), "convergence", "Rosenbrock function")
  let memory = checkOptimizer(OwnMemory()).filter { !$0.passed }.map(\.check)
  #expect(memory.contains("resumes from its state"))
  expectCaught(checkOptimizer(FaultySGD("size")), "state")
  var registry = Registry()
  try registry.register(FaultyAdam.self)
  let (results, cases) = try Fixtures.results("optimizers", registry: registry)
  #expect(cases == 1 && results.count == 1 && !results[0].passed)
}

@Test func wrongTransformsAreCaught() {
  expectCaught(checkTransform(FaultyTransform()))
  expectCaught(checkTransform(FaultyTransform("size")), "state")
  expectCaught(checkTransform(FaultyTransform("sign")), "descent")
  expectCaught(checkTransform(FaultyTransform("never")), "descent")
  expectCaught(checkTransform(FaultyTransform("0 / 0")), "extremes", "new random numbers")
  expectCaught(checkTransform(FaultyTransform("one seed")), "new random numbers")
  expectCaught(checkTransform(FaultyTransform("own generator")), "same key, same bits")
  expectCaught(checkTransform(WithoutRole()), "role")
}

@Test func wrongConstraintsAreCaught() {
  expectCaught(checkConstraint(FaultyConstraint()))
  expectCaught(checkConstraint(FaultyConstraint("0 / 0")), "extremes")
  expectCaught(checkConstraint(FaultyConstraint("half-way")), "idempotence", "nearest point")
  expectCaught(checkConstraint(FaultyConstraint("away")), "idempotence", "nearest point")
}

@Test func wrongAugmentationsAreCaught() {
  expectCaught(checkAugmentation(FaultyAugmentation()))
  expectCaught(checkAugmentation(FaultyAugmentation("own generator")), "same generator, same bits")
  expectCaught(checkAugmentation(FaultyAugmentation("one seed")), "new random numbers")
  expectCaught(checkAugmentation(FaultyAugmentation("0 / 0")), "finite", "new random numbers")
  expectCaught(checkAugmentation(FaultyAugmentation("targets")), "targets", "probabilities sum to 1")
}

@Test func otherDefectsAreCaught() {
  expectCaught(checkInitializer(OwnGenerator()), "draws from the generator")
  expectCaught(checkInitializer(WrongFan()), "variance")
  expectCaught(checkInitializer(SwappedFans()), "variance")
  expectCaught(checkInitializer(FalseClaim()), "variance")
  expectCaught(checkInitializer(FalseClaim(low: 0)), "mean")
  expectCaught(checkRegularizer(KinkedAtZero()), "gradient at 0")
  expectCaught(checkRegularizer(KinkedAtZero(divides: true)), "gradient at 0", "extremes")
  expectCaught(checkSchedule(Overflowing()), "rates")
  expectCaught(checkSchedule(Overflowing(followsEpochs: true)), "rates")
  expectCaught(checkSchedule(Negative()), "rates")
  expectCaught(checkMetric(WrongWay()), "better direction", "number of samples")
  expectCaught(checkSplit(Leak()), "disjoint parts", "every sample")
  expectCaught(checkSplit(Leak(first: -5)), "parts", "disjoint parts", "every sample")
  expectCaught(checkDataSource(Unseeded()), "same seed, same bits", "variety")
}

@Test func wrongMetricsAreCaught() {
  expectCaught(checkMetric(FaultyMetric()))
  expectCaught(checkMetric(FaultyMetric("direction")), "better direction")
  expectCaught(checkMetric(FaultyMetric("constant")), "better direction")
  expectCaught(checkMetric(FaultyMetric("order")), "sample order", "number of samples", "weights")
  expectCaught(checkMetric(FaultyMetric("overflows")), "extremes")
  expectCaught(checkMetric(FaultyMetric("sample")), "one sample")
  expectCaught(checkMetric(FaultyMetric("refuses")), "targets")
}

@Test func wrongCallbacksAreCaught() {
  expectCaught(checkCallback(FaultyCallback()))
  expectCaught(checkCallback(FaultyCallback("forgets")), "resumes")
  expectCaught(checkCallback(FaultyCallback("rewrites")), "resumes")
  expectCaught(checkCallback(FaultyCallback("silent")), "files")
  let failed = ["throws", "refuses"].map { fault in
    checkCallback(FaultyCallback(fault)).filter { !$0.passed }.map(\.check)
  }
  #expect(failed == [["plain training"], ["validation set"]])
}

@Test func lostSettingsAreCaught() {
  expectCaught(checkActivation(LostSetting()), "JSON has every setting")
  expectCaught(checkActivation(LostSetting(beta: 2)), "JSON has every setting", "JSON keeps settings")
  expectCaught(checkActivation(UnreadSetting()), "JSON changes settings", "settings have an effect")
}

/// Third-party components can be checked without being listed anywhere.
@Test func strangersAreChecked() throws {
  var registry = Registry.standard
  try registry.register(Swish.self)
  try registry.register(FaultyDropout.self)
  #expect(try checkRegistry(registry, names: ["my-swish"]).allSatisfy(\.passed))
  let results = try checkRegistry(registry, names: ["FaultyDropout"])
  #expect(results.contains { !$0.passed && $0.check == "noise keeps the mean" })
  #expect(throws: GliaError.self) { try checkRegistry(registry, names: ["my_swisch"]) }
}

@Test func tablesShowWhatFailed() {
  let table = checkTable(checkActivation(SlopeOff()))
  #expect(table.contains(" checks of 1 component: 3 failed") && !table.contains("1 components"))
  #expect(table.contains("✗") && table.contains("likely cause") && table.contains("3 failed"))
  #expect(checkTable(checkActivation(Tanh()), isDetailed: false).contains(", worst: "))
}

@Test("a failure reports the worst point and the number of failing points")
func worstPoint() throws {
  let range = try #require(checkActivation(PlantedDip()).first { $0.check == "range" })
  #expect(range.explanation?.contains("z = -1.0") == true && !range.passed, "\(range)")
  #expect(range.violations > 100 && range.points > range.violations)
  #expect("\(range)".contains("fails at \(range.violations) of \(range.points.grouped) points; the worst is shown"))
  #expect(try #require(range.worstError) > 0.3678)
}

import Glia
import Testing

@Test("the default metric suits the loss")
func defaultMetrics() throws {
  func names(_ loss: any Loss, holdsClasses: Bool = false) throws -> [String] {
    var experiment = Experiment()
    experiment.training.loss = loss
    let full = try experiment.resolved(with: .standard, holdsClasses: holdsClasses)
    return try #require(full.training.metrics).map { type(of: $0).name }
  }
  #expect(try names(BinaryCrossentropy()) == ["accuracy"])
  #expect(try names(SparseCategoricalCrossentropy()) == ["accuracy"])
  #expect(try names(MeanSquaredError()) == ["mean_absolute_error"])
  #expect(try names(KLDivergence()) == ["accuracy"])
  #expect(try names(DiceLoss(), holdsClasses: true) == ["accuracy"])
  // A mean and a variance for each target are not predictions of it.
  #expect(try names(GaussianNegativeLogLikelihood()) == [])
}

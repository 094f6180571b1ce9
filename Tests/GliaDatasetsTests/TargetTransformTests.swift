import Foundation
import Glia
import Testing

/// Regression targets that are learned as logarithms.
struct TargetTransformTests {
  private func experiment(_ path: String, _ transform: TargetTransform?, standardizes: Bool = false) -> Experiment {
    var experiment = Experiment()
    experiment.data = CSV(path: path, target: "y", standardizeTargets: standardizes, targetTransform: transform)
    experiment.network.layers = [Dense(1)]
    (experiment.training.loss, experiment.training.optimizer) = (MeanSquaredError(), SGD())
    return experiment
  }

  @Test func theNetworkLearnsLogarithms() throws {
    try withFile("x,y\n0,1\n1,10\n2,100\n3,0.1\n") { path in
      for (transform, wanted) in [
        (.log, [0, log(10), log(100), -log(10)]), (.log1p, [log(2), log(11), log(101), log(1.1)]),
      ] as [(TargetTransform, [Double])] {
        let preparation = try Preparation(experiment(path, transform), with: .standard)
        let values = try preparation.training.encoded(for: MeanSquaredError()).values.values
        #expect(zip(values, wanted).allSatisfy { abs(Double($0) - $1) < 1e-6 })
        // The columns remain as they are.
        #expect(try preparation.training.targets[0].numbers() == [1, 10, 100, 0.1])
      }
      // The mean of 0, 1, 2 and -1 is ½, the population variance 5/4.
      let both = try Preparation(experiment(path, .log, standardizes: true), with: .standard).training
      let values = try both.encoded(for: MeanSquaredError()).values.values
      let wanted = [0, 1, 2, -1].map { ($0 - 0.5) / 1.25.squareRoot() }
      #expect(zip(values, wanted).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    }
  }

  @Test func predictionsAndMetricsAreInTheTargetsUnit() throws {
    try withFile("x,y\n0,2\n1,8\n") { path in
      var experiment = experiment(path, .log)
      experiment.training.metrics = [.meanAbsoluteError]
      let preparation = try Preparation(experiment, with: .standard)
      var network = preparation.network
      // The outputs are ln 4, halfway between ln 2 and ln 8.
      try network.set("layers.0.weight", to: Tensor(shape: [1, 1], [0]))
      try network.set("layers.0.bias", to: Tensor(shape: [1], [Float(log(4.0))]))
      let model = preparation.model(of: network, classes: [])
      let data = try Dataset(inputs: Tensor(rows: [[0], [1]]), targets: [Column("y", [2, 8])])
      #expect(try model.predict(data).values.allSatisfy { abs($0 - 4) < 1e-5 })
      let evaluation = try model.evaluate(data)
      // |2 - 4| and |8 - 4|, but (ln 2)² for the loss.
      #expect(abs(try #require(evaluation["mean_absolute_error"]) - 3) < 1e-5)
      #expect(abs(evaluation.loss - log(2.0) * log(2.0)) < 1e-6)
      // Beyond the largest number, predictions are infinite but nothing stops.
      try network.set("layers.0.bias", to: Tensor(shape: [1], [1e30]))
      let far = preparation.model(of: network, classes: [])
      #expect(try far.predict(data).values == [.infinity, .infinity])
      _ = try far.evaluate(data)
    }
  }

  @Test(arguments: [(TargetTransform.log, "0"), (.log, "-3"), (.log1p, "-1"), (.log1p, "-1.5")])
  func targetsWithoutALogarithmAreNamed(transform: TargetTransform, bad: String) throws {
    try withFile("x,y\n0,2\n1,8\n2,\(bad)\n") { path in
      let error = #expect(throws: GliaError.self) {
        _ = try Preparation(experiment(path, transform), with: .standard)
      }
      #expect(error?.place == "column 'y', sample 2" && error?.remedy?.isEmpty == false)
      #expect(error?.what.contains("target \(bad) has no logarithm") == true)
    }
  }

  @Test func classesAndOtherLossesAreRefused() throws {
    try withFile("x,y\n0,1\n1,2\n") { path in
      for loss in [BinaryCrossentropy(), PoissonLoss(), MeanSquaredLogarithmicError()] as [any Loss] {
        var experiment = experiment(path, .log)
        experiment.training.loss = loss
        let error = #expect(throws: GliaError.self) { _ = try Preparation(experiment, with: .standard) }
        #expect(error?.place == "data.target_transform")
      }
    }
  }
}

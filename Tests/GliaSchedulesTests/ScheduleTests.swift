import Glia
import Testing

/// Cases not covered by the reference rates: ends, extremes, epochs without progress.
@Suite("Schedules")
struct ScheduleTests {
  private func made(_ json: JSON) throws -> any Schedule { try Registry.standard.make((any Schedule).self, from: json) }

  private func told(_ schedule: some Schedule, losses: [Double], validation: Bool = false) -> [Double] {
    var schedule = schedule
    return losses.enumerated().map { index, loss in
      let evaluation = Evaluation(loss: loss, metrics: [MetricValue("accuracy", 1 - loss, higherIsBetter: true)])
      schedule.epochEnded(
        Epoch(
          number: index + 1, steps: index + 1, learningRate: 1, training: evaluation,
          validation: validation ? evaluation : nil))
      return schedule.rate(base: 1, at: index)
    }
  }

  private func expect(_ rates: [Double], _ expected: [Double], _ location: SourceLocation = #_sourceLocation) {
    #expect(rates.count == expected.count, sourceLocation: location)
    for (rate, wanted) in zip(rates, expected) {
      #expect(abs(rate - wanted) < 1e-12, "\(rates)", sourceLocation: location)
    }
  }

  @Test("reduce_on_plateau: reduces to a tenth after two epochs without improvement")
  func plateau() {
    let schedule = ReduceOnPlateau(patience: 2, minDelta: 0.01)
    // 0.395 is not better by more than 0.01; after the second reduction, the count restarts.
    expect(
      told(schedule, losses: [0.5, 0.4, 0.395, 0.6, 0.6, 0.6, 0.3, 0.3]), [1, 1, 1, 0.1, 0.1, 0.01, 0.01, 0.01])
    // NaN is neither better nor worse.
    expect(told(schedule, losses: [.nan, .nan, .nan, 0.5, .nan, 0.6, 0.6]), [1, 1, 1, 1, 1, 1, 0.1])
  }

  @Test("reduce_on_plateau: cooldown epochs do not count; the rate stays above min_rate")
  func cooldown() {
    let schedule = ReduceOnPlateau(patience: 1, cooldown: 2, minRate: 0.05)
    expect(told(schedule, losses: [1, 1, 1, 1, 1, 1, 1]), [1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05])
    #expect(ReduceOnPlateau(minRate: 2).rate(base: 1, at: 0) == 1)
  }

  @Test("reduce_on_plateau: accuracy improves upward, other columns according to mode")
  func direction() {
    let falling = [0.5, 0.4, 0.3, 0.2]
    expect(told(ReduceOnPlateau(monitor: "accuracy", patience: 1), losses: falling), [1, 1, 1, 1])
    expect(
      told(ReduceOnPlateau(monitor: "validation_accuracy", patience: 1), losses: falling, validation: true),
      [1, 1, 1, 1])
    expect(told(ReduceOnPlateau(patience: 1, mode: .max), losses: falling), [1, 0.1, 0.01, 0.001])
  }

  @Test("reduce_on_plateau: unknown columns are rejected, also inside warmup")
  func columns() throws {
    let columns = ["epoch", "loss", "accuracy"]
    try ReduceOnPlateau(monitor: "accuracy").checkColumns(columns)
    let error = #expect(throws: GliaError.self) { try ReduceOnPlateau(monitor: "acuracy").checkColumns(columns) }
    #expect(error?.remedy == "did you mean 'accuracy'?")
    let inner = #expect(throws: GliaError.self) {
      try WarmupSchedule(steps: 2, then: .reduceOnPlateau(monitor: "validation_loss")).checkColumns(columns)
    }
    #expect(inner?.place == "then.monitor" && inner?.remedy?.contains("validation") == true)
  }

  @Test("warmup: the following schedule receives epochs, and its count starts at 0")
  func warmup() throws {
    let schedule = WarmupSchedule(steps: 2, then: .reduceOnPlateau(patience: 1))
    expect(told(schedule, losses: [1, 1, 1, 1]), [0.5, 1, 0.01, 0.001])
    let stairs = WarmupSchedule(steps: 2, then: .step(every: 1, factor: 0.5))
    expect((0..<4).map { stairs.rate(base: 8, at: $0) }, [4, 8, 8, 4])
    #expect(throws: GliaError.self) {
      try made(["type": "warmup", "steps": 2, "then": ["type": "step", "every": 1, "per": "epoch"]])
    }
    let epochs = try made(
      ["type": "warmup", "steps": 2, "per": "epoch", "then": ["type": "step", "every": 1, "per": "epoch"]])
    #expect(epochs.per == .epoch)
    let error = #expect(throws: GliaError.self) {
      try made(["type": "warmup", "steps": 2, "then": ["type": "step", "every": 0]])
    }
    #expect(error?.place == "then.every")
  }

  @Test("learning rates at both ends")
  func ends() {
    expect([49, 50, .max].map { PolynomialSchedule(steps: 50).rate(base: 1, at: $0) }, [0.02, 0, 0])
    expect([25, 50, .max].map { CosineSchedule(steps: 50, end: 0.2).rate(base: 1, at: $0) }, [0.6, 0.2, 0.2])
    let waves = CosineRestartsSchedule(steps: 4)
    expect([0, 2, 4, 6, 400_000_000_002].map { waves.rate(base: 1, at: $0) }, [1, 0.5, 1, 0.5, 0.5])
    let cycle = OneCycleSchedule(steps: 11, warmupFraction: 6.0 / 11, startDivisor: 10, endDivisor: 10)
    // Up to t = 5 and down to t = 10.
    expect([0, 5, 10, .max].map { cycle.rate(base: 1, at: $0) }, [0.1, 1, 0.01, 0.01])
    expect([0, 1].map { OneCycleSchedule(steps: 1).rate(base: 1, at: $0) }, [1, 1])
    expect([0, 1, 9].map { OneCycleSchedule(steps: 2, warmupFraction: 1).rate(base: 1, at: $0) }, [0.04, 1, 1])
    expect([0, 99, .max].map { ExponentialSchedule(factor: 1).rate(base: 1, at: $0) }, [1, 1, 1])
  }

  @Test("very large counts: growing restarts, settings at their limits")
  func extremes() {
    let clock = ContinuousClock()
    let schedules: [any Schedule] = [
      .cosineRestarts(steps: 1, growth: 2), .cosineRestarts(steps: .max, growth: .max),
      .cosineRestarts(steps: 3, growth: .max), .cosineRestarts(steps: 1), .step(every: .max), .step(every: 1),
      .polynomial(steps: .max, power: 1e300), .cosine(steps: .max), .oneCycle(steps: .max, startDivisor: 1e300),
      .oneCycle(steps: .max, startDivisor: 1e300, endDivisor: 1e300), .inverseTime(decayRate: 1e300),
      .piecewise(boundaries: [.max], factors: [1, 1_000_000]),
      .warmup(steps: .max, then: .cosineRestarts(steps: 7, growth: 3)), .exponential(factor: .leastNonzeroMagnitude),
    ]
    let taken = clock.measure {
      for schedule in schedules {
        for count in [0, 1, 1_000_000_007, .max - 1, .max] {
          let rate = schedule.rate(base: 0.1, at: count)
          #expect(rate.isFinite && rate >= 0, "\(schedule) at \(count)")
        }
      }
    }
    #expect(taken < .seconds(1))
  }

  @Test("settings out of range are rejected by name; missing required settings are reported")
  func refusals() throws {
    let cases: [(JSON, String)] = [
      (["type": "step", "every": 0], "every"), (["type": "step", "every": 2, "factor": 0], "factor"),
      (["type": "piecewise", "boundaries": [3, 3], "factors": [1, 1, 1]], "boundaries"),
      (["type": "piecewise", "boundaries": [0], "factors": [1, 1]], "boundaries"),
      (["type": "piecewise", "boundaries": [3], "factors": [1]], "factors"),
      (["type": "piecewise", "boundaries": [3], "factors": [1, -1]], "factors"),
      (["type": "inverse_time", "decay_rate": -1], "decay_rate"), (["type": "polynomial", "steps": 0], "steps"),
      (["type": "polynomial", "steps": 5, "power": 0], "power"), (["type": "cosine", "steps": 5, "end": -1], "end"),
      (["type": "cosine_restarts", "steps": 5, "growth": 0], "growth"),
      (["type": "one_cycle", "steps": 5, "warmup_fraction": 1.5], "warmup_fraction"),
      (["type": "one_cycle", "steps": 5, "end_divisor": 0.5], "end_divisor"),
      (["type": "reduce_on_plateau", "patience": -1], "patience"),
      (["type": "reduce_on_plateau", "min_rate": -1], "min_rate"),
      (["type": "reduce_on_plateau", "mode": "up"], "mode"),
    ]
    for (json, setting) in cases {
      let error = #expect(throws: GliaError.self) { try made(json) }
      #expect(error?.place == setting, "\(json)")
    }
    for name in ["step", "piecewise", "polynomial", "cosine", "cosine_restarts", "warmup", "one_cycle"] {
      let error = #expect(throws: GliaError.self) { try made(.string(name)) }
      #expect(error?.what.contains("without") == true)
    }
  }

  @Test("the learning rate decreases during training")
  func training() throws {
    let training = { (schedule: any Schedule) in
      var training = try Training(
        Network(input: [2], seed: 1) { Dense(1, activation: .sigmoid) }, on: Moons(samples: 64, noise: 0.1).load(),
        loss: .binaryCrossentropy, optimizer: .sgd(learningRate: 0.5), schedule: schedule, epochs: 3)
      return try training.fit().map(\.learningRate)
    }
    // Two steps per epoch: the last ones are steps 1, 3 and 5.
    expect(try training(.step(every: 2, factor: 0.1)), [0.5, 0.05, 0.005])
    expect(try training(.step(every: 2, factor: 0.1, per: .epoch)), [0.5, 0.5, 0.05])
  }
}

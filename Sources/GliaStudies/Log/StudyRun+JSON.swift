import GliaCore

extension StudyRun {
  /// The run as JSON, for a log; without the counts behind metrics.
  var json: JSON {
    [
      "stopped": .string(stopReason.rawValue), "value": value.logged, "training": training.logged,
      "validation": validation.logged, "test": test.logged,
      "epochs": .array(
        history.map { epoch in
          [
            JSON(epoch.number), JSON(epoch.steps), epoch.learningRate.logged, epoch.penalty.logged,
            epoch.seconds.logged,
            epoch.training.logged, epoch.validation.logged, epoch.measured.logged,
          ]
        }),
    ]
  }

  /// Creates a run from JSON.
  ///
  /// - Parameter metrics: the metrics of the experiment, in order.
  init(logged json: JSON, seed: UInt64, metrics: [any Metric]) throws {
    func evaluation(_ json: JSON?) throws -> Evaluation? { try Evaluation(logged: json, metrics) }
    guard let stopped = json["stopped"]?.string, let epochs = json["epochs"]?.array else {
      throw GliaError("this is not a run", expected: #"an object with "stopped", "value" and "epochs""#)
    }
    let history = try epochs.map { epoch in
      guard let number = epoch[0]?.int, let steps = epoch[1]?.int, let training = try evaluation(epoch[5]) else {
        throw GliaError("this is not an epoch: \(epoch.compact.excerpt)", expected: "its number, steps and results")
      }
      return Epoch(
        number: number, steps: steps, learningRate: try Double(logged: epoch[2]), training: training,
        penalty: try Double(logged: epoch[3]), validation: try evaluation(epoch[6]),
        seconds: try Double(logged: epoch[4]), measured: try evaluation(epoch[7]))
    }
    self.init(
      seed: seed, history: history, stopReason: StopReason(rawValue: stopped), value: try Double(logged: json["value"]),
      training: try evaluation(json["training"]), validation: try evaluation(json["validation"]),
      test: try evaluation(json["test"]))
  }
}

extension Double {
  /// The number as JSON, which has no infinity: that and NaN are texts.
  var logged: JSON { JSON(self, orElse: .string("\(self)")) }

  init(logged json: JSON?) throws {
    guard let value = json?.double ?? json?.string.flatMap(Double.init) else {
      throw GliaError("expected a number, found \(json?.found ?? "nothing")")
    }
    self = value
  }
}

extension Evaluation? {
  /// The loss and the metrics in order; null for none.
  fileprivate var logged: JSON {
    map { .array([$0.loss.logged] + $0.metrics.map(\.value.logged)) } ?? .null
  }
}

extension Evaluation {
  fileprivate var logged: JSON { Optional(self).logged }

  fileprivate init?(logged json: JSON?, _ metrics: [any Metric]) throws {
    guard let json, json != .null else { return nil }
    let numbers = try (json.array ?? []).map { try Double(logged: $0) }
    guard let loss = numbers.first, numbers.count == metrics.count + 1 else {
      throw GliaError(
        "results with \(numbers.count.counted("number"))", expected: "the loss and \(metrics.count.counted("metric"))")
    }
    self.init(
      loss: loss,
      metrics: zip(metrics, numbers.dropFirst()).map {
        MetricValue(type(of: $0).name, $1, higherIsBetter: $0.higherIsBetter)
      })
  }
}

import Glia

/// The source of several predictions for each row, whose spread `glia predict` writes.
enum Uncertainty {
  /// Passes with random dropout.
  case passes(Int, seed: UInt64)
  /// The members of an ensemble.
  case members([Model])

  /// The most passes, far beyond what any statistic needs.
  private static let most = 1_000_000
  /// The number of predicted values that are held in memory at once, if rows are not wider.
  private static let mostNumbers = 1 << 20

  /// Creates what the options ask for; throws if the model has nothing to sample from.
  init?(for model: Model, samples: Int?, seed: UInt64?, deviation: Bool) throws {
    guard deviation || samples != nil else { return nil }
    let members = try model.members
    if deviation {
      guard !members.isEmpty else {
        throw UsageMistake(
          "the model is not an ensemble", at: "--deviation", expected: "a model of glia train --ensemble",
          remedy: model.network.isStochastic ? "use --samples for dropout" : "train an ensemble")
      }
      self = .members(members)
    } else if let samples {
      guard 2...Self.most ~= samples else {
        throw UsageMistake(
          "\(samples.counted("sample"))", at: "--samples", expected: "a whole number from 2 to \(Self.most.grouped)")
      }
      guard members.isEmpty else {
        throw UsageMistake(
          "the model is an ensemble, and averaging its members hides most of the spread", at: "--samples",
          expected: "a single network", remedy: "use --deviation, which compares the members")
      }
      guard model.network.isStochastic else {
        throw UsageMistake(
          "the model has no layer that draws random numbers, so all samples are equal", at: "--samples",
          expected: "a model with a layer such as dropout",
          remedy: "train a network with dropout, or use glia train --ensemble and glia predict --deviation")
      }
      self = .passes(samples, seed: seed ?? 0)
    } else {
      return nil
    }
  }

  /// Calls `body` with the mean and all predictions for parts of `data`, in order, in the scale of standardized targets.
  ///
  /// - Parameter first: the number of samples before those of `data`, so that results do not depend on how a file is divided.
  func sample(
    _ data: Dataset, by model: Model, first: Int, _ body: (_ mean: Tensor, PredictionSamples) throws -> Void
  ) throws {
    let width = max(model.network.output.reduce(1, *), 1)
    let rows = max(Self.mostNumbers / count / width, 1)
    for start in stride(from: 0, to: data.count, by: rows) {
      guard let part = try data.part(Array(start..<min(start + rows, data.count))) else { continue }
      switch self {
      case .passes(let count, let seed):
        let samples = try model.outputSamples(for: part, count: count, seed: seed, first: first + start)
        try body(samples.mean, samples)
      case .members(let members):
        // The same bits as without the deviation.
        try body(model.outputs(for: part), PredictionSamples(members.map { try $0.outputs(for: part) }))
      }
    }
  }

  private var count: Int {
    switch self {
    case .passes(let count, _): count
    case .members(let members): max(members.count, 1)
    }
  }
}

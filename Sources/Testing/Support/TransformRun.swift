import GliaCore

/// A transform at work on arrays.
struct TransformRun {
  private var runner: TransformRunner
  /// What the transform did wrong, if it reached for something that is not there.
  private(set) var fault: (any Error)?
  private let rate: Float = 0.125

  /// Weights in three tensors; throws if the state is not one that can be counted.
  init(_ transform: any Transform, weights: [Float], key: UInt64 = 0) throws {
    let states = try transform.state(for: weights.count).map(\.shape).totalCount()
    guard states <= 1000 * (weights.count + 1) else { throw GliaError("\(states) states for \(weights.count) weights") }
    let first = min(1, weights.count)
    let second = min(4, weights.count)
    runner = try TransformRunner(
      transform, weights: weights, tensors: [0..<first, first..<second, second..<weights.count], learningRate: rate,
      key: key)
  }

  var weights: [Float] { runner.weights }
  /// What the next pass would see.
  var perturbed: [Float] { (try? runner.perturbed()) ?? [.nan] }
  /// What would be evaluated.
  var averaged: [Float] { (try? runner.averaged()) ?? [.nan] }

  /// What becomes of a batch's gradient, after an update with it; nil if the update is put off.
  mutating func batch(_ gradient: [Float]) -> [Float]? {
    // As if an optimizer moved all alike, however large the gradient.
    do { return try runner.batch(gradient) { [rate] in $0.map { $0 == 0 ? 0 : $0 + rate } } } catch {
      fault = fault ?? error
      return nil
    }
  }
}

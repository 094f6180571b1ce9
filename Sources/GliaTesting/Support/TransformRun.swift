import GliaCore

/// Applies a transform to arrays.
struct TransformRun {
  private var runner: TransformRunner
  /// The error if the transform accessed a tensor that is not in its plan.
  private(set) var fault: (any Error)?
  private let rate: Float = 0.125

  /// Creates weights in three tensors; throws if the state has an invalid size.
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
  /// The weights that the next pass would use.
  var perturbed: [Float] { (try? runner.perturbed()) ?? [.nan] }
  /// The weights that would be evaluated.
  var averaged: [Float] { (try? runner.averaged()) ?? [.nan] }

  /// The transformed gradient of a batch, after an update; nil if the update is deferred.
  mutating func batch(_ gradient: [Float]) -> [Float]? {
    // Simulates an optimizer that moves all weights equally, whatever the size of the gradient.
    do { return try runner.batch(gradient) { [rate] in $0.map { $0 == 0 ? 0 : $0 + rate } } } catch {
      fault = fault ?? error
      return nil
    }
  }
}

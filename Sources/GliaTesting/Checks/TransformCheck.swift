import GliaCore

/// Checks a transform: its gradients are finite and still descend, it has a role, and it draws random numbers only from
/// the step.
///
/// To check that it implements the algorithm of its name, compare a trajectory: see ``checkReference(_:registry:)``.
///
/// - Parameters:
///   - transform: the transform.
///   - registry: the registry for components among its settings.
public func checkTransform(_ transform: any Transform, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(transform)
  guard found.checkSettings(of: transform, registry) else { return found.results }
  for count in [0, 1, 37] {
    do { _ = try TransformRun(transform, weights: [Float](repeating: 0, count: count)) } catch {
      found.fail("state", "\(error)")
      return found.results
    }
  }
  found.expect("state", true, "")
  var random = Random(seed: 15)
  let weights = random.points(37, -1, 1)
  let gradient = random.points(37, -1, 1)
  checkDescent(transform, gradient, &found)
  checkExtremes(transform, weights, gradient, &found)
  checkNoise(transform, weights, gradient, &found)
  checkRoles(transform, &found)
  found.checkEffects(of: transform, registry) { $0.fingerprint }
  return found.results
}

/// Checks that, with weights of 0, a constant gradient eventually leads to an update in its direction.
private func checkDescent(_ transform: any Transform, _ gradient: [Float], _ found: inout Findings) {
  guard var run = try? TransformRun(transform, weights: [Float](repeating: 0, count: gradient.count)) else { return }
  for _ in 0..<10_000 {
    guard let changed = run.batch(gradient) else { continue }
    found.expect(
      "descent", changed.dot(gradient) > 0,
      "the transformed gradient points away from the original: their dot product is \(changed.dot(gradient).short)\n"
        + "likely cause: a wrong sign")
    let (before, after) = (gradient.dot(gradient).squareRoot(), changed.dot(changed).squareRoot())
    return found.expect(
      "size", after < 2 * before,
      "gradients of norm \(before.short) become a gradient of norm \(after.short)\n"
        + "likely cause: a sum instead of a mean, or clipping that divides instead of multiplying")
  }
  found.fail("descent", "no update after 10,000 batches")
}

private func checkExtremes(_ transform: any Transform, _ weights: [Float], _ gradient: [Float], _ found: inout Findings)
{
  for size: Float in [0, 1e-38, 1e-20, 1, 1e20, 1e36] {
    for weights in [weights, weights.map { $0 * 0 }] {
      guard var run = try? TransformRun(transform, weights: weights) else { return }
      for _ in 0..<12 {
        let changed = run.batch(gradient.map { $0 * size })
        found.expect(
          "extremes", changed?.firstNotFinite == nil,
          "a gradient of size \(size) becomes nonfinite\nlikely cause: a division by a norm of 0, or an overflow")
        found.expect(
          "extremes", run.weights.firstNotFinite == nil && run.averaged.firstNotFinite == nil,
          "finite weights become nonfinite after a gradient of size \(size)")
      }
    }
  }
}

/// Checks that the same key gives the same bits, and that noise differs for different keys.
private func checkNoise(_ transform: any Transform, _ weights: [Float], _ gradient: [Float], _ found: inout Findings) {
  func outcome(_ weights: [Float], _ gradient: [Float], key: UInt64) -> [Float] {
    guard var run = try? TransformRun(transform, weights: weights, key: key) else { return [] }
    let perturbed = run.perturbed
    let changed = (0..<6).flatMap { _ in run.batch(gradient) ?? [] }
    return perturbed + changed + run.weights
  }
  found.expect(
    "same key, same bits",
    outcome(weights, gradient, key: 1).hasSameBits(as: outcome(weights, gradient, key: 1)),
    "the same step gives a different result the second time\nlikely cause: numbers are not drawn from step.random")
  let zeros = weights.map { $0 * 0 }
  let noise = outcome(zeros, zeros, key: 1)
  found.expect(
    "new random numbers", noise.allSatisfy { $0 == 0 } || !noise.hasSameBits(as: outcome(zeros, zeros, key: 2)),
    "every step gets the same noise\nlikely cause: numbers are not drawn from step.random")
}

/// Checks that a transform has a role, and accesses only tensors in its plan.
private func checkRoles(_ transform: any Transform, _ found: inout Findings) {
  found.expect(
    "role",
    transform is any GradientTransform || transform is any GradientAccumulator || transform is any WeightPerturbation
      || transform is any WeightTransform,
    "it conforms only to Transform, so it has no effect\n"
      + "likely cause: it should conform to GradientTransform or another role")
  guard var run = try? TransformRun(transform, weights: [1, 2, 3, 4, 5]) else { return }
  for _ in 0..<3 { _ = run.batch([1, 1, 1, 1, 1]) }
  found.expect("declared tensors", run.fault == nil, "\(String(describing: run.fault))")
}

import GliaCore

/// Checks an optimizer: it converges on a quadratic function, stays at the minimum, makes progress on the Rosenbrock
/// function, does not move without a gradient, uses the learning rate of the step, moves every parameter for gradients of
/// any size, treats all parameters alike, applies the step that it computes, and keeps everything it needs in its state.
///
/// A `FullBatchOptimizer` is checked differently: it finds the minimum of a quadratic and of the Rosenbrock function, stays
/// at a minimum and says so, and keeps everything it needs in its state.
///
/// To check that it implements the algorithm of its name, compare a trajectory: see ``checkReference(_:registry:)``.
///
/// - Parameters:
///   - optimizer: the optimizer.
///   - registry: the registry for components among its settings.
public func checkOptimizer(_ optimizer: any Optimizer, registry: Registry = Registry()) -> [CheckResult] {
  if let solver = optimizer as? any FullBatchOptimizer { return checkSolver(solver, registry: registry) }
  var found = Findings(optimizer)
  guard found.checkSettings(of: optimizer, registry) else { return found.results }
  for count in [0, 1, 37] where OptimizerRun(optimizer, start: [Float](repeating: 0, count: count)) == nil {
    found.fail("state", "it requests the state \(optimizer.state(for: [count])) for \(count) parameters")
    return found.results
  }
  found.expect("state", true, "")
  let parabola = Parabola(seed: 9, count: 37)
  parabola.checkDescent(optimizer, &found)
  parabola.checkRest(optimizer, &found)
  parabola.checkRate(optimizer, &found)
  parabola.checkSizes(optimizer, &found)
  parabola.checkOrder(optimizer, &found)
  parabola.checkStep(optimizer, &found)
  parabola.checkResume(optimizer, registry, &found)
  checkRosenbrock(optimizer, &found)
  found.checkEffects(of: optimizer, registry) { $0.fingerprint }
  return found.results
}

/// f(w) = ½ Σ c w², with its minimum at 0.
private struct Parabola {
  let curvature: [Float]
  let start: [Float]
  /// A matrix and a vector, which some optimizers treat differently.
  let shapes = [[5, 6], [7]]

  init(seed: UInt64, count: Int) {
    var random = Random(seed: seed)
    curvature = random.points(count, 0.5, 1.5)
    start = (0..<count).map { _ in (random.next() & 1 == 0 ? 1 : -1) * random.point(0.5, 1) }
  }

  func value(_ w: [Float]) -> Double { w.indices.reduce(0) { $0 + 0.5 * Double(curvature[$1] * w[$1] * w[$1]) } }
  func gradient(_ w: [Float]) -> [Float] { w.indices.map { curvature[$0] * w[$0] } }

  /// The first steps decrease the function, and the default rate approaches the minimum.
  func checkDescent(_ optimizer: any Optimizer, _ found: inout Findings) {
    guard var run = OptimizerRun(optimizer, start: start, shapes: shapes) else { return }
    let first = value(start)
    let limit = 20_000
    for step in 1...limit {
      run.update(at: gradient)
      let now = value(run.parameters)
      guard now.isFinite else {
        return found.fail(
          "descent", "the quadratic ½ Σ c w² is \(now) after \(step) steps at rate \(optimizer.learningRate)")
      }
      if step == 10 {
        found.expect(
          "descent", now < first,
          "after 10 steps at rate \(optimizer.learningRate), the quadratic rose from \(first.short) to \(now.short)\n"
            + "likely cause: a wrong sign")
      }
      if step >= 10, now < 0.05 * first {
        found.expect("convergence", true, "")
        return checkStay(run, below: first, &found)
      }
    }
    let last = value(run.parameters)
    let end = last > first ? "grew to \(last.short)" : "is still \(last.short)"
    found.fail(
      "convergence",
      "after \(limit.grouped) steps at rate \(optimizer.learningRate), the quadratic, at first \(first.short), \(end)\n"
        + "likely cause: steps that are too small, too large, or omit parameters")
  }

  /// Once near the minimum, the function does not increase again.
  private func checkStay(_ run: OptimizerRun, below first: Double, _ found: inout Findings) {
    var run = run
    var highest = 0.0
    for _ in 0..<500 {
      run.update(at: gradient)
      highest = max(highest, value(run.parameters))
      guard highest.isFinite else { break }
    }
    found.expect(
      "stays at the minimum", highest < first,
      "in 500 steps near the minimum, the quadratic, which started at \(first.short), rose to \(highest.short)\n"
        + "likely cause: steps that grow over time, or state that overflows")
  }

  /// Gradients of any size keep parameters finite, and move every parameter.
  func checkSizes(_ optimizer: any Optimizer, _ found: inout Findings) {
    for size: Float in [1e-38, 1e-20, 1e-8, 1, 1e8, 1e16, 1e18] {
      guard var run = OptimizerRun(optimizer, start: start, shapes: shapes) else { return }
      for _ in 0..<20 { run.update(gradient(start).map { $0 * size }) }
      let bad = run.parameters.firstNotFinite
      let idle = start.indices.first { run.parameters[$0] == start[$0] }
      found.expect(
        "sizes", bad == nil,
        "20 gradients of size \(size) make parameter \(bad ?? 0) \(run.parameters[bad ?? 0])\n"
          + "likely cause: a square or a norm that overflows, or a division by 0")
      guard size >= 1 else { continue }
      found.expect(
        "every parameter moves", idle == nil,
        "20 gradients of size \(size) do not move parameter \(idle ?? 0) of \(start.count)\n"
          + "likely cause: a square or a norm that overflows, or a loop over only part of the parameters")
    }
  }

  /// With a zero gradient and new state, nothing moves, except by weight decay.
  func checkRest(_ optimizer: any Optimizer, _ found: inout Findings) {
    let zeros = [Float](repeating: 0, count: start.count)
    for start in [start, zeros] {
      guard var run = OptimizerRun(optimizer, start: start, shapes: shapes) else { return }
      run.update(zeros)
      let decays = ((try? JSON(part: optimizer))?["weight_decay"]?.double ?? 0) > 0
      let bad = start.indices.first { i in
        let (before, after) = (start[i], run.parameters[i])
        return !(after == before || (decays && after * before >= 0 && after.magnitude < before.magnitude))
      }
      found.expect(
        "zero gradient", bad == nil,
        "a gradient of 0 moves a parameter with new state from \(start[bad ?? 0]) to \(run.parameters[bad ?? 0])\n"
          + "likely cause: a division 0 / 0 without ε, or state that does not start at 0")
    }
  }

  /// The learning rate comes from the step, where schedules set it, not from the settings.
  func checkRate(_ optimizer: any Optimizer, _ found: inout Findings) {
    func moved(_ rate: Float) -> Double {
      guard var run = OptimizerRun(optimizer, start: start, shapes: shapes, rate: rate) else { return .nan }
      // The first steps of some only prepare others.
      for _ in 0..<3 where run.parameters == start { run.update(gradient(start)) }
      return zip(run.parameters, start).reduce(0) { $0 + Double(($1.0 - $1.1).magnitude) }
    }
    let (whole, half) = (moved(optimizer.learningRate), moved(optimizer.learningRate / 2))
    found.expect(
      "uses the step's rate", half > 0.4 * whole && half < 0.6 * whole,
      "the first step that moves parameters moves them by \(whole.short), with half the learning rate by \(half.short)\n"
        + "likely cause: learningRate is read from the settings instead of from the step, or is applied twice")
  }

  /// The order of parameters does not matter: in reverse order, they move in the same way.
  func checkOrder(_ optimizer: any Optimizer, _ found: inout Findings) {
    guard var run = OptimizerRun(optimizer, start: start), var again = OptimizerRun(optimizer, start: start),
      var reversed = OptimizerRun(optimizer, start: start.reversed())
    else { return }
    var random = Random(seed: 10)
    for _ in 0..<8 {
      let gradient = random.points(start.count, -1, 1)
      run.update(gradient)
      again.update(gradient)
      reversed.update(gradient.reversed())
    }
    found.expect(
      "same bits", run.parameters.hasSameBits(as: again.parameters),
      "the same gradients give a different result the second time")
    found.compare(
      "parameter order", reversed.parameters.reversed(), run.parameters, within: .rounding,
      got: "in reverse order a parameter becomes", wanted: "in order", cause: "state at the wrong index",
      at: { "parameter \($0)" })
  }

  /// The step that it computes, which wrapping optimizers use, equals the update it applies.
  func checkStep(_ optimizer: any Optimizer, _ found: inout Findings) {
    // A step alone has no sums over other tensors.
    let shapes = optimizer is any CollectiveOptimizer ? [[start.count]] : shapes
    guard var whole = OptimizerRun(optimizer, start: start, shapes: shapes),
      var alone = OptimizerRun(StepAlone(optimizer), start: start, shapes: shapes)
    else { return }
    for _ in 0..<8 {
      whole.update(gradient(whole.parameters))
      alone.update(gradient(alone.parameters))
    }
    found.expect(
      "declared tensors", whole.fault == nil && alone.fault == nil, "\(String(describing: whole.fault ?? alone.fault))")
    found.compare(
      "step", whole.parameters, alone.parameters, within: .rounding, got: "update makes a parameter",
      wanted: "its step gives", cause: "update and step do not implement the same rule", at: { "parameter \($0)" })
  }

  /// An equal optimizer with the same state continues exactly as the first one would.
  func checkResume<O: Optimizer>(_ optimizer: O, _ registry: Registry, _ found: inout Findings) {
    guard var run = OptimizerRun(optimizer, start: start, shapes: shapes), let json = try? JSON(part: optimizer),
      let fresh = try? Findings.read(O.self, json, like: optimizer, registry)
    else { return }
    for _ in 0..<4 { run.update(gradient(run.parameters)) }
    var resumed = run
    resumed.optimizer = fresh
    for _ in 0..<4 {
      run.update(gradient(run.parameters))
      resumed.update(gradient(resumed.parameters))
    }
    found.expect(
      "resumes from its state", run.parameters.hasSameBits(as: resumed.parameters),
      "an equal optimizer with the same state gives a different result\nlikely cause: hidden state outside of its state"
    )
  }
}

/// The Rosenbrock function, (1 - x)² + 100 (y - x²)², from (-1.2, 1) with the best learning rate: it must fall from 24.2 to
/// below 0.5; the floor of the valley starts at about 4.
private func checkRosenbrock(_ optimizer: any Optimizer, _ found: inout Findings) {
  var best = Float.infinity
  for rate: Float in [0.01, 0.1, 0.001, 1] {
    guard var run = OptimizerRun(optimizer, start: [-1.2, 1], rate: rate) else { return }
    for _ in 0..<5000 {
      let (x, y) = (run.parameters[0], run.parameters[1])
      let (a, b) = (1 - x, y - x * x)
      let value = a * a + 100 * b * b
      guard value.isFinite else { break }
      best = min(best, value)
      if best < 0.5 { return found.expect("Rosenbrock function", true, "") }
      run.update([-2 * a - 400 * x * b, 200 * b])
    }
  }
  found.fail(
    "Rosenbrock function",
    "in 5000 steps at rates from 0.001 to 1 the Rosenbrock function falls from 24.2 to \(best), not below 0.5")
}

import GliaCore

/// Checks an optimizer: it arrives at the bottom of a parabola, stays there, and comes far down Rosenbrock's valley, rests at
/// a minimum, follows the rate of the step, moves every parameter along gradients of any size, treats parameters
/// alike, moves them by the step that it computes, and keeps all that it remembers in its state.
///
/// Whether a rule is the one that its name stands for, only a trajectory shows: see ``checkReference(_:registry:)``.
///
/// - Parameters:
///   - optimizer: the optimizer.
///   - registry: where components among its settings are found.
public func checkOptimizer(_ optimizer: any Optimizer, registry: Registry = Registry()) -> [CheckResult] {
  var found = Findings(optimizer)
  guard found.checkSettings(of: optimizer, registry) else { return found.results }
  for count in [0, 1, 37] where OptimizerRun(optimizer, start: [Float](repeating: 0, count: count)) == nil {
    found.fail("state", "it asks for the state \(optimizer.state(for: [count])) for \(count) parameters")
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

  init(seed: UInt64, count: Int) {
    var random = Random(seed: seed)
    curvature = random.points(count, 0.5, 1.5)
    start = (0..<count).map { _ in (random.next() & 1 == 0 ? 1 : -1) * random.point(0.5, 1) }
  }

  func value(_ w: [Float]) -> Double { w.indices.reduce(0) { $0 + 0.5 * Double(curvature[$1] * w[$1] * w[$1]) } }
  func gradient(_ w: [Float]) -> [Float] { w.indices.map { curvature[$0] * w[$0] } }

  /// The first steps go down, and the minimum is neared at the default rate.
  func checkDescent(_ optimizer: any Optimizer, _ found: inout Findings) {
    guard var run = OptimizerRun(optimizer, start: start) else { return }
    let first = value(start)
    let limit = 20_000
    for step in 1...limit {
      run.update(gradient(run.parameters))
      let now = value(run.parameters)
      guard now.isFinite else {
        return found.fail(
          "descent", "the parabola ½ Σ c w² is \(now) after \(step) steps at rate \(optimizer.learningRate)")
      }
      if step == 10 {
        found.expect(
          "descent", now < first,
          "after 10 steps at rate \(optimizer.learningRate) the parabola rose from \(first.short) to \(now.short)\n"
            + "likely cause: a wrong sign")
      }
      if step >= 10, now < 0.05 * first {
        found.expect("convergence", true, "")
        return checkStay(run, below: first, &found)
      }
    }
    let last = value(run.parameters)
    let end = last > first ? "has grown to \(last.short)" : "is still at \(last.short)"
    found.fail(
      "convergence",
      "after \(limit.grouped) steps at rate \(optimizer.learningRate) the parabola that began at \(first.short) \(end)\n"
        + "likely cause: steps that are too small, too large, or leave parameters out")
  }

  /// Once near the minimum it does not come back up.
  private func checkStay(_ run: OptimizerRun, below first: Double, _ found: inout Findings) {
    var run = run
    var highest = 0.0
    for _ in 0..<500 {
      run.update(gradient(run.parameters))
      highest = max(highest, value(run.parameters))
      guard highest.isFinite else { break }
    }
    found.expect(
      "stays down", highest < first,
      "500 steps after the minimum was near, the parabola that began at \(first.short) had been at \(highest.short)\n"
        + "likely cause: steps that grow with their number, or a state that overflows")
  }

  /// Gradients of any size leave finite parameters; none is so large that nothing moves.
  func checkSizes(_ optimizer: any Optimizer, _ found: inout Findings) {
    for size: Float in [1e-38, 1e-20, 1e-8, 1, 1e8, 1e16, 1e18] {
      guard var run = OptimizerRun(optimizer, start: start) else { return }
      for _ in 0..<20 { run.update(gradient(start).map { $0 * size }) }
      let bad = run.parameters.firstNotFinite
      let idle = start.indices.first { run.parameters[$0] == start[$0] }
      found.expect(
        "sizes", bad == nil,
        "20 gradients of size \(size) make parameter \(bad ?? 0) \(run.parameters[bad ?? 0])\n"
          + "likely cause: a square or a norm that overflows, or a division by 0")
      guard size >= 1 else { continue }
      found.expect(
        "moves everything", idle == nil,
        "20 gradients of size \(size) do not move parameter \(idle ?? 0) of \(start.count)\n"
          + "likely cause: a square or a norm that overflows, or a loop over a part of the parameters")
    }
  }

  /// Without a gradient and without a past nothing moves; weight decay may shrink parameters.
  func checkRest(_ optimizer: any Optimizer, _ found: inout Findings) {
    let zeros = [Float](repeating: 0, count: start.count)
    for start in [start, zeros] {
      guard var run = OptimizerRun(optimizer, start: start) else { return }
      run.update(zeros)
      let decays = ((try? JSON(part: optimizer))?["weight_decay"]?.double ?? 0) > 0
      let bad = start.indices.first { i in
        let (before, after) = (start[i], run.parameters[i])
        return !(after == before || (decays && after * before >= 0 && after.magnitude < before.magnitude))
      }
      found.expect(
        "rests without gradient", bad == nil,
        "a gradient of 0 moves a fresh parameter from \(start[bad ?? 0]) to \(run.parameters[bad ?? 0])\n"
          + "likely cause: a division 0 / 0 without ε, or states that do not start at 0")
    }
  }

  /// The rate comes from the step, where schedules put it, and not from the settings.
  func checkRate(_ optimizer: any Optimizer, _ found: inout Findings) {
    func moved(_ rate: Float) -> Double {
      guard var run = OptimizerRun(optimizer, start: start, rate: rate) else { return .nan }
      run.update(gradient(start))
      return zip(run.parameters, start).reduce(0) { $0 + Double(($1.0 - $1.1).magnitude) }
    }
    let (whole, half) = (moved(optimizer.learningRate), moved(optimizer.learningRate / 2))
    found.expect(
      "follows the rate", half > 0.4 * whole && half < 0.6 * whole,
      "the first step moves parameters by \(whole.short), at half the rate by \(half.short)\n"
        + "likely cause: learningRate is read from the settings instead of from the step, or counts twice")
  }

  /// The parameters of a vector have no order: in reverse they move as they do forward.
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
      "equal bits", run.parameters.hasSameBits(as: again.parameters),
      "the same gradients lead elsewhere the second time")
    found.compare(
      "order of parameters", reversed.parameters.reversed(), run.parameters, within: .rounding,
      got: "in reverse order a parameter becomes", wanted: "in order", cause: "a state at the wrong index",
      at: { "parameter \($0)" })
  }

  /// The step that it computes, as rules that hold it use it, is the one by which it moves parameters.
  func checkStep(_ optimizer: any Optimizer, _ found: inout Findings) {
    guard var whole = OptimizerRun(optimizer, start: start),
      var alone = OptimizerRun(StepAlone(optimizer), start: start)
    else { return }
    for _ in 0..<8 {
      whole.update(gradient(whole.parameters))
      alone.update(gradient(alone.parameters))
    }
    found.expect("reach", whole.fault == nil && alone.fault == nil, "\(String(describing: whole.fault ?? alone.fault))")
    found.compare(
      "step", whole.parameters, alone.parameters, within: .rounding, got: "update makes a parameter",
      wanted: "its step would make it", cause: "update and step are not the same rule", at: { "parameter \($0)" })
  }

  /// An equal optimizer goes on from the state as the first would have done.
  func checkResume<O: Optimizer>(_ optimizer: O, _ registry: Registry, _ found: inout Findings) {
    guard var run = OptimizerRun(optimizer, start: start), let json = try? JSON(part: optimizer),
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
      "goes on from its state", run.parameters.hasSameBits(as: resumed.parameters),
      "an equal optimizer with the same state goes elsewhere\nlikely cause: it remembers something outside of the state"
    )
  }
}

/// Rosenbrock's valley, (1 - x)² + 100 (y - x²)² from (-1.2, 1), at the rate that suits best: from 24.2 to below 0.5, where
/// the valley floor begins at 4.
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
      if best < 0.5 { return found.expect("valley", true, "") }
      run.update([-2 * a - 400 * x * b, 200 * b])
    }
  }
  found.fail(
    "valley",
    "in 5000 steps at rates from 0.001 to 1 it comes from 24.2 down to \(best) in Rosenbrock's valley, not below 0.5")
}

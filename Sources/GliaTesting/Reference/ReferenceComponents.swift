import GliaCore

extension ReferenceCase {
  /// The name of the check of one quantity.
  func check(_ quantity: String) -> String { "case \(index): \(quantity)" }

  func checkActivation(_ registry: Registry, _ found: inout Findings) throws {
    let activation = try component((any Activation).self, from: registry)
    if has("shape") { return try checkRowActivation(activation, &found) }
    let x = try numbers("x").floats
    let y = try numbers("y", count: x.count)
    let slopes = try numbers("dydx", count: x.count)
    func point(_ i: Int) -> String { "z = \(x[i])" }
    found.compare(check("y"), activation.applied(to: x, width: x.count).doubles, y, within: .values, at: point)
    let ones = [Float](repeating: 1, count: x.count)
    found.compare(
      check("dydx"), activation.pulledBack(ones, z: x, width: x.count).doubles, slopes, within: .values, at: point)
    guard has("kinks") else { return }
    let kinks = try numbers("kinks").floats
    found.compare(
      check("y at kinks"), activation.applied(to: kinks, width: kinks.count).doubles,
      try numbers("y_at_kinks", count: kinks.count), within: .values, at: { "z = \(kinks[$0])" })
  }

  private func checkRowActivation(_ activation: any Activation, _ found: inout Findings) throws {
    let (rows, width) = try matrixShape("shape")
    let count = rows * width
    let x = try numbers("x", count: count).floats
    let upstream = try numbers("upstream", count: count).floats
    func point(_ i: Int) -> String { "row \(i / width), column \(i % width)" }
    found.compare(
      check("y"), activation.applied(to: x, width: width).doubles, try numbers("y", count: count), within: .values,
      at: point)
    found.compare(
      check("dx"), activation.pulledBack(upstream, z: x, width: width).doubles, try numbers("dx", count: count),
      within: .values, at: point)
  }

  func checkLoss(_ registry: Registry, _ found: inout Findings) throws {
    let loss = try component((any Loss).self, from: registry)
    let (rows, width) = try matrixShape("shape")
    let prediction = try numbers("prediction", count: rows * width).floats
    let targetShape = try shape("target_shape")
    let target = try numbers("target", count: targetShape.reduce(1, *)).floats
    guard targetShape.first == rows else {
      throw GliaError("target_shape \(targetShape)", at: place("target_shape"), expected: "\(rows) rows, as in shape")
    }
    try loss.requireFit(target: target, rows: rows, outputs: width, at: place("target"))
    let through = has("through") ? try component((any Activation).self, "through", from: registry) : nil
    let (value, gradient) = loss.valueAndGradient(prediction, target, rows: rows, width: width, through: through)
    found.compare(
      check("value"), [Double(value)], [try number("value")], within: .values, at: { _ in "the whole batch" })
    found.compare(
      check("gradient"), gradient.doubles, try numbers("gradient", count: rows * width), within: .values,
      at: { "row \($0 / width), column \($0 % width)" })
  }

  func checkRegularizer(_ registry: Registry, _ found: inout Findings) throws {
    let regularizer = try component((any Regularizer).self, from: registry)
    let shape = try shape("shape")
    let weight = try numbers("weight", count: shape.elementCount()).floats
    found.compare(
      check("penalty"), [Double(regularizer.penalty(weight, shape: shape))], [try number("penalty")], within: .values,
      at: { _ in "the whole weight" })
    found.compare(
      check("gradient"), regularizer.gradient(weight, shape: shape).doubles,
      try numbers("gradient", count: weight.count),
      within: .values, at: { "weight \($0)" })
  }

  func checkOptimizer(_ registry: Registry, _ found: inout Findings) throws {
    let optimizer = try component((any Optimizer).self, from: registry)
    let start = try numbers("start").floats
    let steps = try Self.list(member("gradients"), at: place("gradients")).count
    let gradients = try rows("gradients", count: steps, width: start.count)
    let trajectory = try rows("trajectory", count: steps, width: start.count)
    let shapes = has("shapes") ? try shapes("shapes", count: start.count) : nil
    let presented = has("presented") ? try rows("presented", count: steps, width: start.count) : nil
    guard !start.isEmpty, steps > 0, var run = OptimizerRun(optimizer, start: start, shapes: shapes) else {
      throw GliaError(
        "an optimizer with the state \(optimizer.state(for: [start.count])) for \(start.count) parameters",
        at: place("start"), expected: "at least one parameter and one step")
    }
    var (path, evaluated): ([Double], [Double]) = ([], [])
    for gradient in gradients {
      run.update(gradient.floats)
      path += run.parameters.doubles
      if presented != nil { evaluated += run.presented.doubles }
    }
    func point(_ i: Int) -> String { "step \(i / start.count + 1), parameter \(i % start.count)" }
    found.compareLarge(check("trajectory"), path, trajectory.flatMap { $0 }, at: point)
    if let presented { found.compareLarge(check("presented"), evaluated, presented.flatMap { $0 }, at: point) }
  }

  func checkSchedule(_ registry: Registry, _ found: inout Findings) throws {
    let schedule = try component((any Schedule).self, from: registry)
    let base = try number("learning_rate")
    let rates = try numbers("rates")
    found.compareLarge(
      check("rates"), rates.indices.map { schedule.rate(base: base, at: $0) }, rates, at: { "step \($0)" })
  }
}

extension Findings {
  /// Compares with a tolerance of 1e-5, relative for values above 1.
  fileprivate mutating func compareLarge(
    _ check: String, _ numbers: [Double], _ expected: [Double], at point: (Int) -> String
  ) {
    let scale = expected.map { Swift.max($0.magnitude, 1) }
    let scaled = numbers.count == scale.count ? zip(numbers, scale).map { $0 / $1 } : numbers
    compare(
      check, scaled, zip(expected, scale).map { $0 / $1 }, within: Tolerance(absolute: 1e-5, relative: 0), at: point)
  }
}

/// A layer given by one formula: the outputs of a sample as a function of its inputs and its named parameters.
///
/// Reverse-mode automatic differentiation yields the gradients: the formula is computed on numbers that record how they were
/// computed, eight samples at a time.
///
/// ```swift
/// struct Quadratic: FormulaLayer {
///   static let name = "quadratic"
///   var units = 1
///   func plan(input: [Int]) throws -> LayerPlan {
///     let n = try input.elementCount()
///     let a = ParameterPlan("a", shape: [units, n, n], initializer: .glorotUniform)
///     return try LayerPlan(output: [units], parameters: [a, ParameterPlan("b", shape: [units])])
///   }
///   func callAsFunction<T: DifferentiableNumber>(
///     _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>
///   ) {
///     let a = parameters["a"]
///     let b = parameters["b"]
///     for k in y.indices {
///       y[k] = b[k] + .sum(over: x.indices) { i in x[i] * .sum(over: x.indices) { j in a[k, i, j] * x[j] } }
///     }
///   }
/// }
/// ```
///
/// The formula must not depend on values, for example through `if`, because it is computed for eight samples at once. Its
/// numbers are only valid during the call; a formula must not store them.
public protocol FormulaLayer: Layer {
  /// Writes the outputs `y` of a sample with the inputs `x`, with all its numbers in order.
  func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: NamedTensors<T>, into y: MutableTensorView<T>)
}

extension FormulaLayer {
  /// True: outputs depend on several inputs.
  public var mixesInputs: Bool { true }

  /// Computes the formula on one block of numbers: inputs, parameters, outputs.
  @inlinable @inline(__always)
  func compute<T: DifferentiableNumber>(
    _ numbers: UnsafeMutablePointer<T>, inputs: Int, learned: Int, plan: LayerPlan, _ report: PassReport?
  ) {
    let (parameters, outputs) = (numbers + inputs, numbers + inputs + learned)
    outputs.initialize(repeating: .zero, count: plan.outputCount)
    self(
      TensorView(unsafe: numbers, columns: inputs, report),
      NamedTensors(unsafe: parameters, plan.parameterTable, batch: 1, report),
      into: MutableTensorView(unsafe: outputs, columns: plan.outputCount, report))
  }

  /// Returns the outputs of the formula for numbers of any type; throws if it reads or writes out of bounds.
  package func outputs<T: DifferentiableNumber>(of x: [T], parameters: [T], plan: LayerPlan) throws -> [T] {
    let owned = OwnedReport()
    let count = x.count + parameters.count + plan.outputCount
    let numbers = UnsafeMutablePointer<T>.allocate(capacity: count)
    numbers.initialize(repeating: .zero, count: count)
    defer {
      numbers.deinitialize(count: count)
      numbers.deallocate()
    }
    for (i, number) in (x + parameters).enumerated() { numbers[i] = number }
    self(
      TensorView(unsafe: numbers, columns: x.count, owned.value),
      NamedTensors(unsafe: numbers + x.count, plan.parameterTable, batch: 1, owned.value),
      into: MutableTensorView(unsafe: numbers + x.count + parameters.count, columns: plan.outputCount, owned.value))
    owned.value.ascribe(to: self)
    try owned.value.check()
    return Array(UnsafeBufferPointer(start: numbers + x.count + parameters.count, count: plan.outputCount))
  }

  /// Throws if a formula reads or writes out of bounds, or if it needs more operations than can be recorded in memory.
  func check(_ plan: LayerPlan, input: [Int]) throws {
    let (inputs, owned, tape) = (try input.elementCount(), OwnedReport(), Tape.borrow())
    let report = owned.value
    defer { tape.giveBack() }
    let count = inputs + plan.parameterCount + plan.outputCount
    try Memory.require([count, MemoryLayout<Traced>.stride / 4], for: "the values of a formula")
    let numbers = tape.room(count, of: Traced.self)
    for i in 0..<inputs + plan.parameterCount { (numbers + i).initialize(to: tape.leaf(.zero)) }
    compute(numbers, inputs: inputs, learned: plan.parameterCount, plan: plan, report)
    report.ascribe(to: self)
    try report.check()
    guard tape.isFull else { return }
    throw GliaError(
      "the formula of \(Self.name) needs more than \(tape.count) operations per sample, too many to record in memory",
      expected: "fewer operations", remedy: "use fewer units, or a layer that is not a FormulaLayer")
  }

  /// Computes the formula for eight samples at a time.
  @inlinable
  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let x = x.reshaped(rows: context.batch)
    let y = y.reshaped(rows: context.batch)
    let parameters = context.parameters.all
    let (inputs, learned, outputs) = (x.columns, parameters.count, context.plan.outputCount)
    let tape = Tape.borrow()
    defer { tape.giveBack() }
    let numbers = tape.room(inputs + learned + outputs, of: Lanes.self)
    for i in 0..<learned { (numbers + inputs + i).initialize(to: Lanes(parameters[i])) }
    for first in stride(from: 0, to: context.batch, by: Lanes.count) {
      for i in 0..<inputs { (numbers + i).initialize(to: Lanes(x, row: first, column: i)) }
      compute(numbers, inputs: inputs, learned: learned, plan: context.plan, context.report)
      for lane in 0..<min(Lanes.count, context.batch - first) {
        for k in 0..<outputs { y[first + lane, k] = numbers[inputs + learned + k].values[lane] }
      }
    }
  }

  /// Computes the formula again, and propagates the gradient back through it.
  @inlinable
  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let x = context.x.reshaped(rows: context.batch)
    let dy = dy.view.reshaped(rows: context.batch)
    let dx = dx.reshaped(rows: context.batch)
    let parameters = context.parameters.all
    let gradients = context.gradients.all
    let (inputs, learned, outputs) = (x.columns, parameters.count, context.plan.outputCount)
    gradients.fill(0)
    let tape = Tape.borrow()
    defer { tape.giveBack() }
    let numbers = tape.room(inputs + learned + outputs, of: Traced.self)
    for first in stride(from: 0, to: context.batch, by: Lanes.count) {
      tape.count = 0
      for i in 0..<inputs { (numbers + i).initialize(to: tape.leaf(Lanes(x, row: first, column: i))) }
      for i in 0..<learned { (numbers + inputs + i).initialize(to: tape.leaf(Lanes(parameters[i]))) }
      compute(numbers, inputs: inputs, learned: learned, plan: context.plan, context.report)
      if tape.isFull { context.report.note("more operations than can be recorded in memory") }
      tape.slopes.initialize(repeating: .zero, count: tape.count)
      for k in 0..<outputs {
        let index = Int(numbers[inputs + learned + k].index)
        if index >= 0 { tape.slopes[index].values += Lanes(gradient: dy, row: first, column: k).values }
      }
      tape.sweep()
      for i in 0..<learned { gradients[i] += tape.slopes[inputs + i].values.sum() }
      guard context.needsInputGradient else { continue }
      for lane in 0..<min(Lanes.count, context.batch - first) {
        for i in 0..<inputs { dx[first + lane, i] = tape.slopes[i].values[lane] }
      }
    }
  }
}

extension Lanes {
  /// Returns the numbers in a column of `matrix`, starting at `row`. Beyond the last row it repeats that row, at which the
  /// formula is as well defined as at the others.
  @inlinable
  init(_ matrix: TensorView<Float>, row: Int, column: Int) {
    var values = SIMD8<Float>()
    for lane in 0..<Lanes.count { values[lane] = matrix[min(row + lane, matrix.rows - 1), column] }
    self.init(values)
  }

  /// Returns the numbers in a column of a gradient, starting at `row`; 0 beyond the last row.
  @inlinable
  init(gradient: TensorView<Float>, row: Int, column: Int) {
    var values = SIMD8<Float>()
    for lane in 0..<min(Lanes.count, gradient.rows - row) { values[lane] = gradient[row + lane, column] }
    self.init(values)
  }
}

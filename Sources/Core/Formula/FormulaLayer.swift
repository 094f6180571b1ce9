/// A layer that is given by one formula: the outputs of a sample from its inputs and its parameters, which have names.
///
/// Gradients follow by reverse-mode differentiation: the formula is computed on numbers that remember where they came from,
/// eight samples at a time.
///
/// ```swift
/// struct Quadratic: FormulaLayer {
///   static let name = "quadratic"
///   var units = 1
///   func plan(input: [Int]) throws -> LayerPlan {
///     let n = try input.elementCount()
///     return try LayerPlan(
///       output: [units], parameters: [ParameterPlan("a", shape: [units, n, n]), ParameterPlan("b", shape: [units])])
///   }
///   func callAsFunction<T: DifferentiableNumber>(
///     _ x: TensorView<T>, _ parameters: ParameterView<T>, into y: inout MutableTensorView<T>
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
/// The formula must not depend on the values, as by `if`: it is computed for eight samples at once.
public protocol FormulaLayer: Layer {
  /// Writes the outputs `y` of a sample with the inputs `x`, all its numbers in order.
  func callAsFunction<T: DifferentiableNumber>(
    _ x: TensorView<T>, _ parameters: ParameterView<T>, into y: inout MutableTensorView<T>)
}

extension FormulaLayer {
  /// Outputs depend on several inputs.
  public var mixesInputs: Bool { true }

  /// Computes the formula on one block of numbers: inputs, parameters, outputs.
  @inlinable @inline(__always)
  func compute<T: DifferentiableNumber>(
    _ numbers: UnsafeMutablePointer<T>, inputs: Int, plan: LayerPlan, _ faults: FormulaFaults? = nil
  ) {
    let (parameters, outputs) = (numbers + inputs, numbers + inputs + plan.parameterCount)
    outputs.initialize(repeating: .zero, count: plan.outputCount)
    var y = MutableTensorView(unsafe: outputs, count: plan.outputCount, faults)
    self(
      TensorView(unsafe: numbers, count: inputs, row: inputs, matrix: inputs, faults),
      ParameterView(unsafe: parameters, plan, faults), into: &y)
  }

  /// Refuses a formula that reads or writes what is not there.
  func check(_ plan: LayerPlan, input: [Int]) throws {
    let (inputs, faults) = (try input.elementCount(), FormulaFaults())
    let count = inputs + plan.parameterCount + plan.outputCount
    try Memory.require([count, MemoryLayout<Lanes>.stride / 4], for: "the numbers of a formula")
    let numbers = UnsafeMutablePointer<Lanes>.allocate(capacity: max(count, 1))
    defer { numbers.deallocate() }
    numbers.initialize(repeating: .zero, count: max(count, 1))
    compute(numbers, inputs: inputs, plan: plan, faults)
    guard let fault = faults.first else { return }
    throw GliaError(
      "the formula of \(Self.name) reaches for \(fault)", expected: "what its plan gives it",
      remedy: "correct the plan or the formula")
  }

  /// Computes the formula for eight samples at a time.
  @inlinable
  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>, state: inout MutableSpan<Float>,
    memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (rows, inputs, learned, outputs) = (
      pass.batch, x.count / max(pass.batch, 1), parameters.count, pass.plan.outputCount
    )
    guard learned == pass.plan.parameterCount, y.count >= rows * outputs else { return }
    let tape = Tape.borrow()
    defer { tape.giveBack() }
    let numbers = tape.room(inputs + learned + outputs, of: Lanes.self)
    for i in 0..<learned { (numbers + inputs + i).initialize(to: Lanes(parameters[i])) }
    for first in stride(from: 0, to: rows, by: Lanes.count) {
      let lanes = min(Lanes.count, rows - first)
      for i in 0..<inputs { (numbers + i).initialize(to: .gather(x, first * inputs + i, stride: inputs, lanes)) }
      compute(numbers, inputs: inputs, plan: pass.plan)
      for k in 0..<outputs {
        let values = numbers[inputs + learned + k].values
        for lane in 0..<lanes { y[(first + lane) * outputs + k] = values[lane] }
      }
    }
  }

  /// Computes the formula again, and carries the gradient back through it.
  @inlinable
  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (rows, inputs, learned, outputs) = (
      pass.batch, x.count / max(pass.batch, 1), parameters.count, pass.plan.outputCount
    )
    guard learned == pass.plan.parameterCount, gradients.count == learned, dy.count >= rows * outputs else { return }
    gradients.update(repeating: 0)
    let tape = Tape.borrow()
    defer { tape.giveBack() }
    let numbers = tape.room(inputs + learned + outputs, of: Traced.self)
    for first in stride(from: 0, to: rows, by: Lanes.count) {
      let lanes = min(Lanes.count, rows - first)
      tape.count = 0
      for i in 0..<inputs {
        (numbers + i).initialize(to: tape.leaf(.gather(x, first * inputs + i, stride: inputs, lanes)))
      }
      for i in 0..<learned { (numbers + inputs + i).initialize(to: tape.leaf(Lanes(parameters[i]))) }
      compute(numbers, inputs: inputs, plan: pass.plan)
      tape.slopes.initialize(repeating: .zero, count: tape.count)
      for k in 0..<outputs {
        let index = Int(numbers[inputs + learned + k].index)
        guard index >= 0 else { continue }
        tape.slopes[index].values += Lanes.gather(dy.span, first * outputs + k, stride: outputs, lanes).values
      }
      tape.sweep()
      for i in 0..<learned { gradients[i] += tape.slopes[inputs + i].values.sum() }
      guard !dx.isEmpty else { continue }
      for i in 0..<inputs {
        let slope = tape.slopes[i].values
        for lane in 0..<lanes { dx[(first + lane) * inputs + i] = slope[lane] }
      }
    }
  }
}

extension Lanes {
  /// The numbers at `start`, `start + stride`, ... of `count` samples; 0 for those that lack.
  @inlinable
  static func gather(_ numbers: Span<Float>, _ start: Int, stride: Int, _ count: Int) -> Lanes {
    var values = SIMD8<Float>()
    for lane in 0..<count { values[lane] = numbers[start + lane * stride] }
    return Lanes(values)
  }
}

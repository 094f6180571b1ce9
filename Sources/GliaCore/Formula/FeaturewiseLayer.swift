/// A layer that applies the same formula to each feature: yⱼ = f(xⱼ, parameters of feature j).
///
/// Gradients are computed by automatic differentiation with dual numbers, which evaluates the formula once for the input and
/// once for each parameter.
///
/// ```swift
/// struct Affine: FeaturewiseLayer {                            // yⱼ = gainⱼ xⱼ + shiftⱼ
///   static let name = "affine"
///   func plan(input: [Int]) throws -> LayerPlan {
///     let shape = [input.last ?? 1]
///     return try LayerPlan(
///       output: input,
///       parameters: [ParameterPlan("gain", shape: shape, initializer: Ones()), ParameterPlan("shift", shape: shape)])
///   }
///   func callAsFunction<T: DifferentiableScalar>(_ x: T, _ parameters: FeatureParameters<T>) -> T {
///     parameters["gain"] * x + parameters["shift"]
///   }
/// }
/// ```
///
/// A parameter has one number per index of the last axis, or a single number shared by all. The output has the shape of the
/// input.
public protocol FeaturewiseLayer: Layer {
  /// Returns f(x, parameters).
  func callAsFunction<T: DifferentiableScalar>(_ x: T, _ parameters: FeatureParameters<T>) -> T
}

extension FeaturewiseLayer {
  /// Throws unless the output has the shape of the input, and each parameter one number for each feature or for all.
  func check(_ plan: LayerPlan, input: [Int]) throws {
    let features = input.last ?? 1
    guard plan.output == input else {
      throw GliaError(
        "\(Self.name) plans the output \(plan.output) for the input \(input)", expected: "equal shapes",
        remedy: "use a FormulaLayer for outputs of another shape")
    }
    for parameter in plan.parameters where parameter.shape != [features] && parameter.shape != [1] {
      throw GliaError(
        "\(Self.name) plans '\(parameter.name)' of shape \(parameter.shape)", expected: "[\(features)] or [1]",
        remedy: "give it one number for each index of the last axis, or one for all")
    }
  }

  /// Returns f for numbers of any type.
  package func output<T: DifferentiableScalar>(of x: T, parameters: [T], plan: LayerPlan) throws -> T {
    let owned = OwnedReport()
    // An empty list has no address.
    let result = (parameters + [.zero]).withUnsafeBufferPointer { values in
      values.baseAddress.map { self(x, FeatureParameters(unsafe: $0, plan.parameterTable, owned.value)) }
    }
    owned.value.ascribe(to: self)
    try owned.value.check()
    return result ?? .zero
  }

  /// Applies f to each number.
  @inlinable
  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let parameters = context.parameters.all
    let table = context.layer.pointee.parameters
    withUnsafeTemporaryAllocation(of: Float.self, capacity: max(table.count, 1)) { values in
      guard let start = values.baseAddress else { return }
      for i in 0..<x.rows {
        for j in 0..<x.columns {
          for k in 0..<table.count { start[k] = parameters[table.place(k, of: j)] }
          y[i, j] = self(x[i, j], FeatureParameters(unsafe: start, table, context.report))
        }
      }
    }
  }

  /// Multiplies the gradient by the derivatives of f, computed with dual numbers.
  @inlinable
  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let (parameters, gradients) = (context.parameters.all, context.gradients.all)
    let table = context.layer.pointee.parameters
    gradients.fill(0)
    withUnsafeTemporaryAllocation(of: Dual<Float>.self, capacity: max(table.count, 1)) { values in
      guard let start = values.baseAddress else { return }
      for i in 0..<dy.rows {
        for j in 0..<dy.columns {
          let (x, slope) = (context.x[i, j], dy[i, j])
          for k in 0..<table.count { start[k] = Dual(parameters[table.place(k, of: j)], 0) }
          let feature = FeatureParameters(unsafe: start, table, context.report)
          dx[i, j] = slope * self(Dual(x, 1), feature).derivative
          for k in 0..<table.count {
            start[k].derivative = 1
            gradients[table.place(k, of: j)] += slope * self(Dual(x, 0), feature).derivative
            start[k].derivative = 0
          }
        }
      }
    }
  }
}

/// The parameters of one feature, accessed by their names in the plan.
public struct FeatureParameters<T: DifferentiableScalar>: ~Escapable {
  @usableFromInline let start: UnsafePointer<T>
  @usableFromInline let table: LayoutTable
  @usableFromInline let report: PassReport?

  @_lifetime(immortal)
  @inlinable
  init(unsafe start: UnsafePointer<T>, _ table: LayoutTable, _ report: PassReport?) {
    (self.start, self.table, self.report) = (start, table, report)
  }

  /// The parameter `name`.
  @inlinable
  public subscript(name: String) -> T { table.index(of: name, report).map { start[$0] } ?? .zero }
}

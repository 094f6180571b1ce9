import GliaCore
import GliaInitializers

/// A layer of Gaussian radial basis functions: yᵢ = exp(-‖x - cᵢ‖² / (2 wᵢ²)) with learned centers c and widths w.
///
/// Parameters: `center` of shape `[units, inputs]` and `width` of shape `[units]`. In the form exp(-γ ‖x - c‖²),
/// γ = 1 / (2 w²).
///
/// Source: Broomhead and Lowe, "Multivariable functional interpolation and adaptive networks" (1988); Moody and Darken,
/// "Fast learning in networks of locally-tuned processing units" (1989).
public struct RadialBasis: Layer {
  public static let name = "radial_basis"
  public static let aliases = ["rbf"]
  public static let summary = "radial basis functions: exp(-‖x - center‖² / (2 width²))"
  public static var examples: [JSON] {
    [["units": 4, "width": 2]]
  }
  /// The number of units.
  @Required public var units = 0
  /// Initializer of the centers.
  @Part public var initializer: any Initializer = RandomUniform(low: -1, high: 1)
  /// The initial width.
  public var width: Float = 1
  /// Regularizer applied to the centers.
  @Part public var regularizer: (any Regularizer)? = nil

  /// Creates a layer; set `units` before use.
  public init() {}
  /// Creates a layer with `units` units whose centers are drawn by `initializer` and whose widths start at `width`.
  public init(
    _ units: Int, width: Float = 1, initializer: some Initializer = .randomUniform(low: -1, high: 1),
    regularizer: (any Regularizer)? = nil
  ) {
    (self.units, self.width, self.initializer, self.regularizer) = (units, width, initializer, regularizer)
  }

  public func validate() throws {
    try require(units >= 1, "units", units, expected: "a whole number of at least 1")
    try require(width > 0 && width.isFinite, "width", width, expected: "a finite number above 0")
  }

  public var mixesInputs: Bool { true }

  public func plan(input: [Int]) throws -> LayerPlan {
    let inputs = try inputCount(input)
    return try LayerPlan(
      output: [units],
      parameters: [
        ParameterPlan(
          "center", shape: [units, inputs], initializer: initializer, fanIn: inputs, fanOut: units,
          regularizer: regularizer),
        ParameterPlan("width", shape: [units], initializer: ConstantInitializer(width)),
      ],
      saved: [SavedPlan("distance", perSample: [units]), SavedPlan("sum", shape: [units])])
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let center = context.parameters["center"]
    let width = context.parameters["width"]
    let distances = context.saved["distance"]
    for row in 0..<x.rows {
      let x = x.row(row)
      for unit in 0..<units {
        let center = center.row(unit)
        var square: Float = 0
        // Differences avoid the cancellation of ‖x‖² - 2 x·c + ‖c‖² at small distances.
        for j in x.indices { square += (x[j] - center[j]) * (x[j] - center[j]) }
        distances[row, unit] = square
        y[row, unit] = -0.5 * square / (width[unit] * width[unit])
      }
    }
    y.formExponentials()
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let center = context.parameters["center"]
    let width = context.parameters["width"]
    let distances = context.saved["distance"]
    let sums = context.saved["sum"]
    let dc = context.gradients["center"]
    let dw = context.gradients["width"]
    dw.fill(0)
    // dz becomes dy · y / w², the gradient with respect to -½ ‖x - c‖².
    let dz = dy
    for row in 0..<dz.rows {
      for unit in 0..<units {
        dz[row, unit] *= context.y[row, unit] / (width[unit] * width[unit])
        dw[unit] += dz[row, unit] * distances[row, unit] / width[unit]
      }
    }
    // Σ dz (x - c) over the batch is the gradient with respect to the centers; -Σ dz (x - c) over the units, that to x.
    sums.formSum(ofRowsOf: dz.view)
    dc.formProduct(dz.transposed, context.x)
    for unit in 0..<units { dc.row(unit).add(center.row(unit), times: -sums[unit]) }
    guard context.needsInputGradient else { return }
    dx.formProduct(dz.view, center)
    for row in 0..<dz.rows {
      var sum: Float = 0
      for unit in 0..<units { sum += dz[row, unit] }
      dx.row(row).add(context.x.row(row), times: -sum)
    }
  }
}

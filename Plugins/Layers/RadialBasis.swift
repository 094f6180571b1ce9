import GliaCore
import GliaInitializers
import GliaKernels

/// Radial basis functions: yᵢ = exp(-‖x - cᵢ‖² / (2 wᵢ²)) with learned centers c and widths w.
///
/// Parameters: `center` of shape `[units, inputs]`, `width` of shape `[units]`. In the form exp(-γ ‖x - c‖²),
/// γ = 1 / (2 w²).
///
/// Source: Broomhead and Lowe, "Multivariable functional interpolation and adaptive networks" (1988); Moody and Darken,
/// "Fast learning in networks of locally-tuned processing units" (1989).
public struct RadialBasis: Layer {
  public static let name = "radial_basis"
  public static let aliases = ["rbf"]
  public static let summary = "exp(-‖x - center‖² / (2 width²))"
  public static let requiredSettings = ["units"]
  /// How many units; must be given.
  public var units = 1
  /// How the centers start.
  @Part public var initializer: any Initializer = RandomUniform(low: -1, high: 1)
  /// What the widths start at.
  public var width: Float = 1
  /// The penalty on the centers.
  @Part public var regularizer: (any Regularizer)? = nil

  /// One unit.
  public init() {}
  /// `units` units whose centers start as `initializer` says, with widths that start at `width`.
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
      memoryPerSample: units, memory: units)
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let inputs = x.count / pass.batch
    guard let x = x.address, let center = parameters.address, let distances = memory.address else { return }
    let width = center + units * inputs
    for row in 0..<pass.batch {
      for unit in 0..<units {
        var square: Float = 0
        // Differences, not ‖x‖² - 2 x·c + ‖c‖², which loses the digits of small distances.
        for j in 0..<inputs {
          let difference = x[row * inputs + j] - center[unit * inputs + j]
          square += difference * difference
        }
        distances[row * units + unit] = square
        y[row * units + unit] = -0.5 * square / (width[unit] * width[unit])
      }
    }
    y.apply { glia_exp($0, $1, $2) }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let (inputs, batch) = (x.count / pass.batch, pass.batch)
    guard let x = x.address, let center = parameters.address, let dz = dy.address, let dc = gradients.address,
      let distances = memory.address
    else { return }
    let (width, dw, sums) = (center + units * inputs, dc + units * inputs, distances + units * batch)
    dw.update(repeating: 0, count: units)
    // dz becomes dy · y / w², which is the gradient with respect to -½ ‖x - c‖².
    for i in dy.indices {
      let unit = i % units
      dz[i] *= y[i] / (width[unit] * width[unit])
      dw[unit] += dz[i] * distances[i] / width[unit]
    }
    // Σ dz (x - c) over the batch is the gradient with respect to the centers, -Σ dz (x - c) over units that to x.
    glia_sum_rows(batch, units, dz, sums)
    glia_matmul_tn(batch, units, inputs, dz, x, dc)
    for unit in 0..<units { glia_axpy(inputs, -sums[unit], center + unit * inputs, dc + unit * inputs) }
    guard !dx.isEmpty, let dx = dx.address else { return }
    glia_matmul_nn(batch, units, inputs, dz, center, dx)
    for row in 0..<batch {
      var sum: Float = 0
      for unit in 0..<units { sum += dz[row * units + unit] }
      glia_axpy(inputs, -sum, x + row * inputs, dx + row * inputs)
    }
  }
}

import GliaCore
import GliaInitializers

/// The parametric rectified linear unit, whose slope below 0 is learned: y = x for x > 0, slope · x otherwise.
///
/// Parameter: `slope` of shape `[features]`, one for each index of the last axis, or `[1]` if `shared`.
///
/// Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015).
public struct PReLU: Layer {
  public static let name = "prelu"
  public static let summary = "a rectified linear unit with a learned slope below 0"
  /// Initializer of the slopes.
  @Part public var initializer: any Initializer = ConstantInitializer(0.25)
  /// Whether all features share one slope.
  public var shared = false

  /// Creates a PReLU with one slope per feature, initialized to 0.25.
  public init() {}
  /// Creates a PReLU with one slope per feature, or a single one if `shared`.
  public init(shared: Bool, initializer: some Initializer = .constant(0.25)) {
    (self.shared, self.initializer) = (shared, initializer)
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    let slopes = shared ? 1 : input.last ?? 1
    return try LayerPlan(
      output: input, parameters: [ParameterPlan("slope", shape: [slopes], initializer: initializer)])
  }

  public func forward(_ x: TensorView<Float>, into y: MutableTensorView<Float>, _ context: ForwardContext) {
    let slope = context.parameters["slope"]
    for row in 0..<x.rows {
      for j in 0..<x.columns {
        let z = x[row, j]
        y[row, j] = z > 0 ? z : slope[shared ? 0 : j] * z
      }
    }
  }

  public func backward(_ dy: MutableTensorView<Float>, into dx: MutableTensorView<Float>, _ context: BackwardContext) {
    let slope = context.parameters["slope"]
    let gradient = context.gradients["slope"]
    gradient.fill(0)
    for row in 0..<dy.rows {
      for j in 0..<dy.columns {
        let (place, z) = (shared ? 0 : j, context.x[row, j])
        dx[row, j] = z > 0 ? dy[row, j] : slope[place] * dy[row, j]
        if !(z > 0) { gradient[place] += dy[row, j] * z }
      }
    }
  }

  public var detail: String { shared ? "shared" : "" }
}

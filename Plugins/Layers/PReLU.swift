import GliaCore
import GliaInitializers

/// The parametric rectified linear unit, whose slope below 0 is learned: y = x for x > 0, slope · x otherwise.
///
/// Parameter: `slope` of shape `[features]`, one for each index of the last axis, or `[1]` if `shared`.
///
/// Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015).
public struct PReLU: FeaturewiseLayer {
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

  public func callAsFunction<T: DifferentiableScalar>(_ x: T, _ parameters: FeatureParameters<T>) -> T {
    x > 0 ? x : parameters["slope"] * x
  }

  public var detail: String { shared ? "shared" : "" }
}

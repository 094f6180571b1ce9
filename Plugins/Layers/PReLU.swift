import GliaCore
import GliaInitializers

/// A rectifier that learns its slope below 0: y = x for x > 0, slope · x below.
///
/// Parameter: `slope` of shape `[features]`, one for each index of the last axis, or `[1]` if `shared`.
///
/// Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015).
public struct PReLU: FeaturewiseLayer {
  public static let name = "prelu"
  public static let summary = "a rectifier that learns its slope below 0"
  /// How slopes start.
  @Part public var initializer: any Initializer = ConstantInitializer(0.25)
  /// Whether all features have one slope.
  public var shared = false

  /// A slope a feature, starting at 0.25.
  public init() {}
  /// A rectifier with learned slopes; `shared` for one in all.
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

import GliaCore
import GliaInitializers

/// A rectifier that learns its slope below 0: y = x for x > 0, slope · x below.
///
/// Parameter: `slope` of shape `[features]`, one for each index of the last axis, or `[1]` if `shared`.
///
/// Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015).
public struct PReLU: Layer {
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

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let slopes = parameters.count
    for i in x.indices { y[i] = x[i] > 0 ? x[i] : parameters[i % slopes] * x[i] }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let slopes = parameters.count
    gradients.update(repeating: 0)
    for i in x.indices where !(x[i] > 0) { gradients[i % slopes] += dy[i] * x[i] }
    for i in dx.indices { dx[i] = x[i] > 0 ? dy[i] : parameters[i % slopes] * dy[i] }
  }

  public var detail: String { shared ? "shared" : "" }
}

import GliaCore
import GliaInitializers
import GliaKernels

/// Root mean square normalization: y = weight · x / √(mean of x² + ε), the mean taken along the last axis.
///
/// Parameter: `weight` of shape `[features]`, starting at 1.
///
/// Source: Zhang and Sennrich, "Root mean square layer normalization" (2019); ε as in Keras.
public struct RMSNorm: Layer {
  public static let name = "rms_norm"
  public static let aliases = ["rms_normalization"]
  public static let summary = "divides each sample by its root mean square"
  /// What is added to the mean square, ε.
  public var epsilon: Float = 1e-6

  /// ε 1e-6.
  public init() {}
  /// Normalization with the given ε.
  public init(epsilon: Float) { self.epsilon = epsilon }

  public func validate() throws {
    try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, expected: "a finite number above 0")
  }

  public func warnings(input: [Int], batch: Int) -> [String] {
    guard input.last == 1 else { return [] }
    return [
      "rms_norm of one feature gives only the sign of the input; leave it out, or give the layer before it more units"
    ]
  }

  public func plan(input: [Int]) throws -> LayerPlan {
    try LayerPlan(
      output: input,
      parameters: [ParameterPlan("weight", shape: [input.last ?? 1], initializer: ConstantInitializer(1))])
  }

  /// 1 / √(mean of x² + ε) of a row.
  private func inverse(_ x: UnsafePointer<Float>, _ features: Int) -> Float {
    1 / (Float(glia_sum_of_squares(features, x) / Double(features)) + epsilon).squareRoot()
  }

  public func forward(
    _ x: Span<Float>, into y: inout MutableSpan<Float>, parameters: Span<Float>,
    state: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let features = parameters.count
    let rows = x.count / features
    guard let x = x.address, let y = y.address, let weight = parameters.address else { return }
    for row in 0..<rows {
      let (x, y) = (x + row * features, y + row * features)
      let inverse = inverse(x, features)
      for j in 0..<features { y[j] = x[j] * inverse * weight[j] }
    }
  }

  public func backward(
    _ dy: inout MutableSpan<Float>, into dx: inout MutableSpan<Float>, x: Span<Float>, y: Span<Float>,
    parameters: Span<Float>, gradients: inout MutableSpan<Float>, memory: inout MutableSpan<Float>, pass: LayerPass
  ) {
    let features = parameters.count
    let rows = x.count / features
    gradients.update(repeating: 0)
    guard let x = x.address, let weight = parameters.address, let dy = dy.address, let dw = gradients.address else {
      return
    }
    let lower = dx.isEmpty ? nil : dx.address
    for row in 0..<rows {
      let (x, dy) = (x + row * features, dy + row * features)
      let inverse = inverse(x, features)
      var product: Float = 0
      for j in 0..<features {
        dw[j] += dy[j] * x[j] * inverse
        product += dy[j] * weight[j] * x[j] * inverse
      }
      product /= Float(features)
      guard let lower else { continue }
      let dx = lower + row * features
      for j in 0..<features { dx[j] = inverse * (dy[j] * weight[j] - x[j] * inverse * product) }
    }
  }
}

import GliaCore

/// Sharpness-aware minimization: steps along the gradient at the worst weights nearby, which leads to flat minima.
///
/// e = ρ g / ‖g‖, with the gradient g at w and its norm over all parameters; another optimizer updates w with the gradient at
/// w + e. Every step takes two passes over the same batch.
///
/// ```json
/// "optimizer": {"type": "sam", "rho": 0.05, "optimizer": {"type": "momentum", "learning_rate": 0.1}}
/// ```
///
/// The learning rate is that of the nested optimizer; one given to `sam` itself replaces it.
///
/// Source: Foret et al., "Sharpness-aware minimization for efficiently improving generalization" (2021).
public struct SAM: AscendingOptimizer {
  public static let name = "sam"
  public static let summary = "sharpness-aware: another optimizer steps with the gradient at w + ρ g / ‖g‖"
  public static var tuning: KeyValuePairs<String, String> { ["learning_rate": "log:1e-4..1", "rho": "log:0.005..0.5"] }
  /// The distance to the weights at which the second gradient is computed, ρ.
  public var rho: Float = 0.05
  /// The optimizer that updates the weights.
  @Part public var optimizer: any Optimizer = SGD()
  /// Creates a SAM optimizer around SGD with ρ 0.05.
  public init() {}
  /// Creates a SAM optimizer around another one.
  public init(_ optimizer: any Optimizer, rho: Float = 0.05) { (self.optimizer, self.rho) = (optimizer, rho) }

  public func validate() throws {
    try requirePositive(rho, "rho")
    try requireNestable(optimizer, "optimizer")
  }

  public func ascend(_ weights: MutableTensorView<Float>, along gradient: TensorView<Float>) {
    let norm = gradient.sumOfSquares.squareRoot()
    if norm > 0 { weights.add(gradient, times: Float(Double(rho) / norm)) }
  }
}

extension SAM: Codable {
  private enum CodingKeys: String, CodingKey {
    case rho, learningRate, optimizer
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rho = try container.decode(Float.self, forKey: .rho)
    _optimizer = try container.decode(Part<any Optimizer>.self, forKey: .optimizer)
    if let rate = try container.decodeIfPresent(Float.self, forKey: .learningRate) { optimizer.learningRate = rate }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rho, forKey: .rho)
    try container.encodeNil(forKey: .learningRate)
    try container.encode(_optimizer, forKey: .optimizer)
  }
}

extension Optimizer where Self == SAM {
  /// Sharpness-aware minimization around another optimizer.
  public static func sam(_ optimizer: any Optimizer = SGD(), rho: Float = 0.05) -> SAM { SAM(optimizer, rho: rho) }
}

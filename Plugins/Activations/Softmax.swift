import GliaCore
import GliaKernels

/// The softmax, which turns each row of scores into probabilities: f(z)ᵢ = e^(zᵢ/T) / Σⱼ e^(zⱼ/T).
///
/// Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs" (1990).
public struct Softmax: Activation {
  public static let name = "softmax"
  public static let summary = "exp(z/T) / Σ exp(z/T)"
  /// The temperature T; higher values make the probabilities more uniform.
  public var temperature: Float = 1
  /// Creates a softmax with temperature 1.
  public init() {}
  /// Creates a softmax with the given temperature.
  public init(temperature: Float) { self.temperature = temperature }
  public func validate() throws {
    try require(temperature > 0 && temperature.isFinite, "temperature", temperature, expected: "a number above 0")
  }

  public var needsInput: Bool { false }
  public var link: Link? { temperature == 1 ? .softmax : nil }
  public var range: ClosedRange<Float>? { 0...1 }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) {
    if temperature != 1 { values.apply { glia_scale($0, 1 / temperature, $1, $2) } }
    values.apply { glia_softmax($0 / max(width, 1), width, $1, $2) }
  }

  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    gradient.apply(with: a) { glia_softmax_pullback($0 / max(width, 1), width, $1, $2, $3) }
    if temperature != 1 { gradient.apply { glia_scale($0, 1 / temperature, $1, $2) } }
  }
}

extension Activation where Self == Softmax {
  /// The softmax over each row.
  public static var softmax: Softmax { Softmax() }
}

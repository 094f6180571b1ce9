import GliaCore

/// A random distribution with Var(w) = scale / n, where n is the fan-in, the fan-out, or their mean.
///
/// ``HeNormal``, ``GlorotUniform``, ``LeCunNormal``, and similar initializers are special cases. A truncated normal
/// distribution is widened to reach the desired variance, as in Keras, where `normal` is called `untruncated_normal`.
///
/// Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015), in Keras's form.
public struct VarianceScaling: Initializer {
  public static let name = "variance_scaling"
  public static let summary = "variance scale / n, with n the fan-in, the fan-out, or their mean"
  public static var examples: [JSON] {
    [
      ["mode": "fan_out", "distribution": "uniform"], ["mode": "fan_avg", "distribution": "normal"],
    ]
  }
  /// The scale: the variance times n.
  public var scale: Float = 1
  /// The choice of n: `fan_in`, `fan_out` or `fan_avg`.
  public var mode = Mode.fanIn
  /// The distribution: `normal`, `uniform` or `truncated_normal`.
  public var distribution = Distribution.truncatedNormal

  /// The choice of n, by which the variance is divided.
  public enum Mode: String, Choice {
    /// The number of inputs of each unit.
    case fanIn = "fan_in"
    /// The number of units each input feeds.
    case fanOut = "fan_out"
    /// The mean of both.
    case fanAvg = "fan_avg"
  }

  /// The distribution of the weights.
  public enum Distribution: String, Choice {
    /// A normal distribution.
    case normal
    /// A uniform distribution.
    case uniform
    /// A normal distribution truncated at two standard deviations.
    case truncatedNormal = "truncated_normal"
  }

  /// Creates a truncated normal initializer with variance 1 / fan_in.
  public init() {}
  /// Creates an initializer with variance scale / n.
  public init(scale: Float, mode: Mode = .fanIn, distribution: Distribution = .truncatedNormal) {
    (self.scale, self.mode, self.distribution) = (scale, mode, distribution)
  }
  public func validate() throws {
    try require(scale > 0 && scale.isFinite, "scale", scale, expected: "a number above 0")
  }
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let deviation = variance(fanIn: fanIn, fanOut: fanOut).squareRoot()
    for i in values.indices {
      let number =
        switch distribution {
        case .normal: random.normal()
        case .uniform: Double(3).squareRoot() * (2 * random.uniform() - 1)
        case .truncatedNormal: random.truncatedNormal() / Random.truncatedDeviation
        }
      values[i] = Float(deviation * number)
    }
  }

  private func variance(fanIn: Int, fanOut: Int) -> Double {
    let n =
      switch mode {
      case .fanIn: Double(fanIn)
      case .fanOut: Double(fanOut)
      case .fanAvg: (Double(fanIn) + Double(fanOut)) / 2
      }
    return Double(scale) / max(n, 1)
  }
}

extension Initializer where Self == VarianceScaling {
  /// A distribution with variance scale / n, where n is the fan-in, the fan-out, or their mean.
  public static func varianceScaling(
    scale: Float = 1, mode: VarianceScaling.Mode = .fanIn,
    distribution: VarianceScaling.Distribution = .truncatedNormal
  ) -> VarianceScaling {
    VarianceScaling(scale: scale, mode: mode, distribution: distribution)
  }
}

import GliaCore

/// Draws with the variance scale / n, with n the fan-in, the fan-out or their mean.
///
/// ``HeNormal``, ``GlorotUniform``, ``LeCunNormal`` and their kin are special cases. A truncated normal distribution is
/// widened so that the variance is right, as in Keras, where `normal` is called `untruncated_normal`.
///
/// Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015), in Keras's form.
public struct VarianceScaling: Initializer {
  public static let name = "variance_scaling"
  public static let summary = "variance scale / n, with n the fan-in, the fan-out or their mean"
  public static var examples: [JSON] {
    [
      ["mode": "fan_out", "distribution": "uniform"], ["mode": "fan_avg", "distribution": "normal"],
    ]
  }
  /// The variance times n.
  public var scale: Float = 1
  /// What n is: `fan_in`, `fan_out` or `fan_avg`.
  public var mode = Mode.fanIn
  /// What is drawn from: `normal`, `uniform` or `truncated_normal`.
  public var distribution = Distribution.truncatedNormal

  /// What a variance is divided by.
  public enum Mode: String, Choice {
    /// How many inputs each unit sums over.
    case fanIn = "fan_in"
    /// How many units each input reaches.
    case fanOut = "fan_out"
    /// The mean of both.
    case fanAvg = "fan_avg"
  }

  /// What numbers are drawn from.
  public enum Distribution: String, Choice {
    /// A normal distribution.
    case normal
    /// A uniform distribution.
    case uniform
    /// A normal distribution within two deviations.
    case truncatedNormal = "truncated_normal"
  }

  /// Variance 1 / fan_in, truncated normal.
  public init() {}
  /// Variance scale / n.
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
  /// Variance scale / n, with n the fan-in, the fan-out or their mean.
  public static func varianceScaling(
    scale: Float = 1, mode: VarianceScaling.Mode = .fanIn,
    distribution: VarianceScaling.Distribution = .truncatedNormal
  ) -> VarianceScaling {
    VarianceScaling(scale: scale, mode: mode, distribution: distribution)
  }
}

import Glia
import GliaTesting

// What the activations and initializers of Glia claim, for the checks over the registry.

extension Arctan: MonotonicityClaim {}
extension CELU: MonotonicityClaim {}
extension ELU: MonotonicityClaim { public var isMonotonic: Bool { alpha >= 0 } }
extension Exponential: MonotonicityClaim {}
extension HardSigmoid: MonotonicityClaim {}
extension HardTanh: MonotonicityClaim {}
extension Heaviside: MonotonicityClaim {}
extension LeakyReLU: MonotonicityClaim { public var isMonotonic: Bool { negativeSlope >= 0 } }
extension Linear: MonotonicityClaim {}
extension LogSigmoid: MonotonicityClaim {}
extension LogSoftmax: MonotonicityClaim {}
extension PiecewiseLinear: MonotonicityClaim {}
extension ReLU: MonotonicityClaim {}
extension ReLU6: MonotonicityClaim {}
extension SELU: MonotonicityClaim {}
extension Sigmoid: MonotonicityClaim {}
extension Sign: MonotonicityClaim {}
extension Softmax: MonotonicityClaim {}
extension Softplus: MonotonicityClaim {}
extension Softsign: MonotonicityClaim {}
extension Sparsemax: MonotonicityClaim {}
extension Squareplus: MonotonicityClaim {}
extension Tanh: MonotonicityClaim {}

extension Zeros: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(variance: 0) }
}

extension Ones: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(mean: 1, variance: 0) }
}

extension ConstantInitializer: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? {
    Distribution(mean: Double(value), variance: 0)
  }
}

extension RandomUniform: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? {
    let (low, high) = (Double(low), Double(high))
    return Distribution(
      mean: (low + high) / 2, variance: (high - low) * (high - low) / 12, bounds: low...max(low, high))
  }
}

extension RandomNormal: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? {
    Distribution(mean: Double(mean), variance: Double(stddev) * Double(stddev))
  }
}

extension TruncatedNormal: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? {
    let (mean, deviation) = (Double(mean), Double(stddev))
    // Within two deviations lies 1 - 4 φ(2) / (2 Φ(2) - 1) of the variance.
    return Distribution(
      mean: mean, variance: 0.773_741_303_55 * deviation * deviation,
      bounds: mean - 2 * deviation...mean + 2 * deviation)
  }
}

extension GlorotUniform: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? {
    Distribution(uniform: 2 / (fanIn + fanOut))
  }
}

extension GlorotNormal: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? {
    Distribution(variance: 2 / (fanIn + fanOut))
  }
}

extension HeUniform: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(uniform: 2 / fanIn) }
}

extension HeNormal: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(variance: 2 / fanIn) }
}

extension LeCunUniform: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(uniform: 1 / fanIn) }
}

extension LeCunNormal: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(variance: 1 / fanIn) }
}

extension FanInUniform: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> Distribution? { Distribution(uniform: 1 / (3 * fanIn)) }
}

extension VarianceScaling: DistributionClaim {
  public func distribution(fanIn: Double, fanOut: Double) -> GliaTesting.Distribution? {
    let fan =
      switch mode {
      case .fanIn: fanIn
      case .fanOut: fanOut
      case .fanAvg: (fanIn + fanOut) / 2
      }
    return GliaTesting.Distribution(variance: Double(scale) / fan)
  }
}

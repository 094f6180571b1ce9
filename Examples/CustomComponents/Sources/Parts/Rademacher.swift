import Glia

/// Every weight is +gain / √fan_in or -gain / √fan_in with equal chances.
public struct Rademacher: Initializer {
  public static let name = "rademacher"
  public static let summary = "± gain / √fan_in"
  public var gain: Float = 1
  public init() {}

  public func validate() throws { try require(gain > 0 && gain.isFinite, "gain", gain, expected: "a number above 0") }

  private func size(_ fanIn: Int) -> Float { gain / Float(max(fanIn, 1)).squareRoot() }

  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    for i in values.indices { values[i] = random.uniform(0, 1) < 0.5 ? size(fanIn) : -size(fanIn) }
  }

  public func moments(fanIn: Int, fanOut: Int) -> Moments? {
    Moments(mean: 0, variance: Double(size(fanIn)) * Double(size(fanIn)))
  }
}

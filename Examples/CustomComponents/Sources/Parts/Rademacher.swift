import Glia

/// Every weight is +gain / √fan_in or -gain / √fan_in with equal probability.
public struct Rademacher: ElementwiseInitializer {
  public static let name = "rademacher"
  public static let summary = "± gain / √fan_in"
  public var gain: Float = 1
  public init() {}

  public func validate() throws { try require(gain > 0 && gain.isFinite, "gain", gain, expected: "a number above 0") }

  public func draw(fanIn: Int, fanOut: Int, using random: inout Random) -> Float {
    (random.uniform(0, 1) < 0.5 ? gain : -gain) / Float(max(fanIn, 1)).squareRoot()
  }
}

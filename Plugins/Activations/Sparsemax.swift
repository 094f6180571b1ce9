import GliaCore

/// The sparsemax, which projects each row of scores onto the probability simplex and yields many probabilities of exactly 0.
///
/// f(z)ᵢ = max(zᵢ - τ, 0), where τ makes the row sum to 1. With the support S = {i : f(z)ᵢ > 0}, the pullback is
/// dzᵢ = dyᵢ - mean of dy over S for i in S, 0 otherwise.
///
/// Sources: Martins and Astudillo, "From softmax to sparsemax" (2016); the search for τ: Michelot, "A finite algorithm
/// for finding the projection of a point onto the canonical simplex of ℝⁿ" (1986).
public struct Sparsemax: Activation {
  public static let name = "sparsemax"
  public static let summary = "projection of z onto the simplex"
  /// Creates the sparsemax activation.
  public init() {}
  public var needsInput: Bool { false }
  public var range: ClosedRange<Float>? { 0...1 }

  public func apply(_ values: inout MutableSpan<Float>, width: Int) {
    for start in stride(from: 0, to: values.count, by: max(width, 1)) {
      let row = start..<start + width
      var largest = -Float.infinity
      for i in row where values[i] > largest { largest = values[i] }
      let threshold = Self.threshold(values, row, largest: Double(largest))
      for i in row {
        let above = Double(values[i]) - Double(largest) - threshold
        // Written so that NaN stays NaN.
        values[i] = above <= 0 ? 0 : Float(above)
      }
    }
  }

  /// τ relative to the row's maximum.
  ///
  /// Newton's method on Σ max(zᵢ - τ, 0) = 1, which is convex and piecewise linear: starting from a τ that is too small,
  /// every step removes elements from the support and none returns, so there are at most as many passes as elements.
  private static func threshold(_ values: borrowing MutableSpan<Float>, _ row: Range<Int>, largest: Double) -> Double {
    // The maximum alone contributes -τ ≤ 1, so τ ≥ -1.
    var (threshold, support) = (-1.0, row.count + 1)
    while true {
      var (sum, count) = (0.0, 0)
      for i in row {
        let z = Double(values[i]) - largest
        if z > threshold { (sum, count) = (sum + z, count + 1) }
      }
      guard count < support else { return threshold }
      (threshold, support) = ((sum - 1) / Double(count), count)
    }
  }

  public func pullback(_ gradient: inout MutableSpan<Float>, input z: Span<Float>, output a: Span<Float>, width: Int) {
    for start in stride(from: 0, to: gradient.count, by: max(width, 1)) {
      let row = start..<start + width
      var (sum, count): (Float, Float) = (0, 0)
      for i in row where a[i] != 0 { (sum, count) = (sum + gradient[i], count + 1) }
      for i in row { gradient[i] = a[i] == 0 ? 0 : gradient[i] - sum / count }
    }
  }
}

extension Activation where Self == Sparsemax {
  /// The sparsemax over each row.
  public static var sparsemax: Sparsemax { Sparsemax() }
}

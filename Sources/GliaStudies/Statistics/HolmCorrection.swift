import GliaCore

/// Holm's step-down correction of the p-values of several tests.
///
/// With p₍₁₎ ≤ ... ≤ p₍ₘ₎, the corrected p-value is p̃₍ᵢ₎ = max over j ≤ i of min(1, (m - j + 1) p₍ⱼ₎). Rejecting every
/// hypothesis with p̃ ≤ α falsely rejects one with a probability of at most α, whatever the dependence of the tests. It
/// agrees with `multipletests(p, method="holm")` of statsmodels.
///
/// Source: Holm, "A simple sequentially rejective multiple test procedure" (1979).
public enum HolmCorrection {
  /// Returns the corrected p-values in the order of the given ones.
  ///
  /// - Throws: `GliaError` if a p-value is not between 0 and 1.
  public static func corrected(_ pValues: [Double]) throws -> [Double] {
    for (index, value) in pValues.enumerated() where !(0...1 ~= value) {
      throw GliaError("p-value \(index) is \(value)", at: "pValues", expected: "numbers from 0 to 1")
    }
    var corrected = pValues
    var largest = 0.0
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, Double(pValues.count - place) * pValues[index]))
      corrected[index] = largest
    }
    return corrected
  }
}

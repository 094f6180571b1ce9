extension Array<Float> {
  /// Whether there are as many numbers as expected, each within `tolerance` of its own.
  public func isClose(to expected: [Float], within tolerance: Float = 1e-6) -> Bool {
    count == expected.count && zip(self, expected).allSatisfy { ($0 - $1).magnitude <= tolerance }
  }

  /// Whether there are as many numbers as expected, each within `tolerance` times the larger of 1 and its own magnitude.
  public func isNear(_ expected: [Float], within tolerance: Float = 2e-6) -> Bool {
    count == expected.count
      && zip(self, expected).allSatisfy { ($0 - $1).magnitude <= tolerance * Swift.max(1, $1.magnitude) }
  }
}

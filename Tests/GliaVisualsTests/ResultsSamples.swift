import GliaVisuals

/// Reproducible samples; the reference values come from scikit-learn 1.9.1.
enum ResultsSamples {
  static let count = 200
  private static func base(_ i: Int) -> Int { i * i * 31 + 7 * i }

  /// Whether each sample belongs to the class; 93 do.
  static let isPositive = (0..<count).map { base($0) % 13 < 5 }
  static let labels = isPositive.map { $0 ? 1 : 0 }
  /// The scores, 105 of which are distinct.
  static let scores: [Float] = (0..<count).map { i in
    let more = isPositive[i] ? i * 37 % 11 * 4 : 0
    return Float((i * 7919 + 13) % 101 + more) / 256
  }

  static let threeLabels = (0..<count).map { base($0) % 13 % 3 }
  static let threeScores: [Float] = (0..<3 * count).map { place in
    let (i, k) = (place / 3, place % 3)
    let more = threeLabels[i] == k ? i * 37 % 11 * 6 : 0
    return Float((i * 7919 + k * 3571 + 13) % 101 + more) / 256
  }

  static func three() throws -> ClassScores {
    try ClassScores(threeScores, labels: threeLabels, classes: ["a", "b", "c"])
  }
}

extension Figure {
  /// Returns the figure on a small page.
  func tiny(_ width: Int = 320, _ height: Int = 240, scale: Double = 0.4) -> Self {
    var figure = self
    (figure.page.width, figure.page.height, figure.page.scale) = (width, height, scale)
    return figure
  }
}

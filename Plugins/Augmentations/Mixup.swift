import GliaCore

/// Mixes every sample of a batch with another one, inputs and targets: x ← λ x + (1 - λ) x′; t ← λ t + (1 - λ) t′.
///
/// λ is drawn from Beta(α, α) once a batch; a small α mixes little. Partners are drawn at random. Targets must be numbers
/// that can lie between two classes: probabilities or the values of a regression. Metrics of the training compare what was
/// predicted for the mixed inputs with the plain targets.
///
/// Source: Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: beyond empirical risk minimization" (2018).
public struct Mixup: Augmentation {
  public static let name = "mixup"
  public static let summary = "x ← λ x + (1 - λ) x′, targets alike; λ from Beta(α, α)"
  /// Both parameters of the beta distribution, α.
  public var alpha: Float = 0.2
  /// α 0.2.
  public init() {}
  /// The given α.
  public init(alpha: Float) { self.alpha = alpha }

  public func validate() throws {
    try require(alpha > 0 && alpha.isFinite, "alpha", alpha, expected: "a number above 0")
  }

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    switch encoding {
    case .values, .oneHot, .binary(negative: 0, positive: 1): return
    case .index:
      throw GliaError(
        "mixup has no index for a class between two others", expected: "a loss whose targets are probabilities",
        remedy: "use categorical_crossentropy")
    case .binary(let negative, let positive):
      throw GliaError(
        "mixup would mix the labels \(negative) and \(positive)", expected: "a loss whose targets are probabilities",
        remedy: "use binary_crossentropy")
    }
  }

  public func apply(
    inputs: inout MutableSpan<Float>, targets: inout MutableSpan<Float>, rows: Int, using random: inout Random
  ) {
    let weight = Float(random.beta(Double(alpha), Double(alpha)))
    let sum = random.below(rows)
    inputs.mixRows(rows, pairedTo: sum, weight: weight)
    targets.mixRows(rows, pairedTo: sum, weight: weight)
  }
}

extension Augmentation where Self == Mixup {
  /// Mixes every sample of a batch with another one.
  public static func mixup(alpha: Float = 0.2) -> Mixup { Mixup(alpha: alpha) }
}

extension MutableSpan<Float> {
  /// Mixes row i with the row j for which i + j is `sum`, modulo `rows`: pairs, so that no copy of the batch is needed.
  fileprivate mutating func mixRows(_ rows: Int, pairedTo sum: Int, weight: Float) {
    guard rows > 0 else { return }
    let width = count / rows
    for row in 0..<rows {
      let partner = (sum - row + rows) % rows
      guard row < partner else { continue }
      for column in 0..<width {
        let (a, b) = (self[row * width + column], self[partner * width + column])
        self[row * width + column] = weight * a + (1 - weight) * b
        self[partner * width + column] = weight * b + (1 - weight) * a
      }
    }
  }
}

import GliaCore

/// Mixes each sample of a batch with a random other one, inputs and targets: x ← λ x + (1 - λ) x′; t ← λ t + (1 - λ) t′.
///
/// λ is drawn from Beta(α, α) once per batch; a small α mixes little. Targets must be numbers that can be interpolated, that
/// is, probabilities or regression targets. Training metrics compare the predictions for mixed inputs with the unmixed
/// targets.
///
/// Source: Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: beyond empirical risk minimization" (2018).
public struct Mixup: Augmentation {
  public static let name = "mixup"
  public static let summary =
    "mixed pairs of samples: x ← λ x + (1 - λ) x′, likewise for targets, with λ from Beta(α, α)"
  /// Both parameters of the beta distribution, α.
  public var alpha: Float = 0.2
  /// Creates a mixup augmentation with α 0.2.
  public init() {}
  /// Creates a mixup augmentation with the given α.
  public init(alpha: Float) { self.alpha = alpha }

  public func validate() throws {
    try require(alpha > 0 && alpha.isFinite, "alpha", alpha, expected: "a number above 0")
  }

  public func checkEncoding(_ encoding: TargetEncoding) throws {
    switch encoding {
    case .values, .oneHot, .binary(negative: 0, positive: 1): return
    case .index:
      throw GliaError(
        "mixup cannot mix class indices", expected: "a loss whose targets are probabilities",
        remedy: "use categorical_crossentropy")
    case .binary(let negative, let positive):
      throw GliaError(
        "mixup cannot mix the labels \(negative) and \(positive)", expected: "a loss whose targets are probabilities",
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
  /// Mixes each sample of a batch with a random other one.
  public static func mixup(alpha: Float = 0.2) -> Mixup { Mixup(alpha: alpha) }
}

extension MutableSpan<Float> {
  /// Mixes each row i with row (sum - i) mod rows; pairing the rows makes a copy of the batch unnecessary.
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

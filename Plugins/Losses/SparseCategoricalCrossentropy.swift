import GliaCore

/// Cross-entropy between probabilities of classes and the index of the right one: -1/n Σ ln p_target.
///
/// The same as ``CategoricalCrossentropy`` with targets that take one number a sample, from 0.
public struct SparseCategoricalCrossentropy: Loss {
  public static let name = "sparse_categorical_crossentropy"
  public static let aliases = ["scce"]
  public static let summary = "cross-entropy of classes, targets as indices"
  /// How far targets are drawn towards equal probabilities of the k classes: t ← t (1 - s) + s/k.
  public var labelSmoothing: Float = 0
  /// No label smoothing.
  public init() {}
  /// The given label smoothing.
  public init(labelSmoothing: Float) { self.labelSmoothing = labelSmoothing }

  public func validate() throws {
    try require(
      labelSmoothing >= 0 && labelSmoothing < 1, "label_smoothing", labelSmoothing,
      expected: "a number from 0 to below 1")
  }

  public var targetEncoding: TargetEncoding { .index }

  public func fromLogits(of link: Link) -> (any Loss)? {
    link == .softmax ? SoftmaxCrossentropy(labelSmoothing: labelSmoothing, isSparse: true) : nil
  }

  /// One output a class, one target a sample.
  public func check(outputs: Int, targets: Int, classes: Int) throws {
    guard targets == 1, outputs == classes || classes == 0 else {
      throw GliaError(
        "\(Self.name) got \(outputs) outputs for \(classes) classes", at: "network.layers",
        expected: "one output a class",
        remedy: "give the last layer \(classes) units")
    }
  }

  public func evaluate(
    _ prediction: Span<Float>, _ target: Span<Float>, weights: Span<Float>, rows: Int,
    gradient: inout MutableSpan<Float>
  ) -> Float {
    clippedCrossentropy(prediction, weights: weights, rows: rows, gradient: &gradient) { row, column, width in
      (target[row] == Float(column) ? 1 : 0) * (1 - labelSmoothing) + labelSmoothing / Float(width)
    }
  }
}

extension Loss where Self == SparseCategoricalCrossentropy {
  /// Cross-entropy of classes, targets as indices.
  public static var sparseCategoricalCrossentropy: SparseCategoricalCrossentropy { SparseCategoricalCrossentropy() }
}

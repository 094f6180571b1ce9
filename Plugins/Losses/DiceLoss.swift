import GliaCore

/// The soft Dice loss between probabilities p and targets t: 1/n Σ [1 - (2 Σ p t + s) / (Σ p + Σ t + s)], where the inner sums
/// are over the outputs of a sample.
///
/// The overlap is computed for each sample, and the losses of the samples are averaged; libraries for image segmentation often
/// compute a single overlap for the whole batch instead. Targets are between 0 and 1: one column for two classes, several
/// labels, or one column per class. The smoothing s keeps the loss defined if predictions and targets are all 0.
///
/// Probabilities are clipped to [0, 1], and the gradient is 0 outside; end the network with a sigmoid or softmax.
///
/// Source: Milletari, Navab and Ahmadi, "V-Net: Fully convolutional neural networks for volumetric medical image segmentation"
/// (2016), with plain instead of squared probabilities in the denominator.
public struct DiceLoss: Loss {
  public static let name = "dice"
  public static let summary = "1 minus the overlap of probabilities and targets (soft Dice coefficient)"
  public static var examples: [JSON] {
    [["smooth": 0.001]]
  }
  /// The number s added to the numerator and the denominator.
  public var smooth: Float = 1
  /// Creates a Dice loss with s = 1.
  public init() {}
  /// Creates a Dice loss with the given smoothing.
  public init(smooth: Float) { self.smooth = smooth }

  public func validate() throws {
    try require(smooth > 0 && smooth.isFinite, "smooth", smooth, expected: "a finite number above 0")
  }

  /// False: for a target between 0 and 1, the best prediction is 0 or 1.
  public var prefersTargets: Bool { false }
  public var domain: ClosedRange<Float>? { 0...1 }

  public func checkTargets(_ targets: Tensor, classes: Int) throws {
    try require(targets, "a number from 0 to 1") { $0 >= 0 && $0 <= 1 }
  }

  public func evaluate(
    _ prediction: TensorView<Float>, _ target: TensorView<Float>, weights: TensorView<Float>?,
    gradient: MutableTensorView<Float>?
  ) -> Float {
    let (rows, columns) = (prediction.rows, 0..<prediction.columns)
    var total = 0.0
    for i in 0..<rows {
      var (overlap, sum) = (Double(smooth), Double(smooth))
      for j in columns {
        let (p, t) = (Double(clipped(prediction[i, j])), Double(target[i, j]))
        overlap += 2 * p * t
        sum += p + t
      }
      let weight = Double(weights?[i] ?? 1)
      total += weight * (1 - overlap / sum)
      guard let gradient else { continue }
      let scale = weight / (sum * Double(rows))
      for j in columns {
        let isInside = clipped(prediction[i, j]) == prediction[i, j]
        gradient[i, j] = isInside ? Float(scale * (overlap / sum - 2 * Double(target[i, j]))) : 0
      }
    }
    return Float(total / Double(rows))
  }

  /// Returns the probability clipped to [0, 1]; NaN stays NaN.
  private func clipped(_ prediction: Float) -> Float { prediction < 0 ? 0 : prediction > 1 ? 1 : prediction }
}

extension Loss where Self == DiceLoss {
  /// The soft Dice loss with smoothing 1.
  public static var dice: DiceLoss { DiceLoss() }
  /// The soft Dice loss with the given smoothing.
  public static func dice(smooth: Float) -> DiceLoss { DiceLoss(smooth: smooth) }
}

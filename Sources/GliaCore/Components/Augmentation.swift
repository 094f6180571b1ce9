/// A random change to the samples of a batch before a training step, so that no two epochs see the same data.
///
/// The data set itself is left unchanged; validation and test parts are never augmented.
public protocol Augmentation: Component {
  /// Throws if the change makes no sense for these targets.
  func checkEncoding(_ encoding: TargetEncoding) throws
  /// Changes a batch in place.
  ///
  /// - Parameters:
  ///   - inputs: rows × features numbers.
  ///   - targets: rows × targets numbers, in the encoding of the loss.
  ///   - rows: the number of samples.
  ///   - random: the generator to draw from, a new one for every step.
  func apply(
    inputs: inout MutableSpan<Float>, targets: inout MutableSpan<Float>, rows: Int, using random: inout Random)
}

extension Augmentation {
  /// The kind `augmentation`.
  public static var kind: ComponentKind { .augmentation }
  /// Accepts every encoding.
  public func checkEncoding(_ encoding: TargetEncoding) throws {}
}

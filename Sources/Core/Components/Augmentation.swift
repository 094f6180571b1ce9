/// A random change to the samples of a batch before a training step, so that no epoch looks like another.
///
/// The data set itself is left alone; validation and test parts never are augmented.
public protocol Augmentation: Component {
  /// Refuses targets that the change has no meaning for.
  func checkEncoding(_ encoding: TargetEncoding) throws
  /// Changes a batch in place.
  ///
  /// - Parameters:
  ///   - inputs: rows × features numbers.
  ///   - targets: rows × targets numbers, as the loss wants them.
  ///   - rows: how many samples.
  ///   - random: the generator to draw from, another one for every step.
  func apply(
    inputs: inout MutableSpan<Float>, targets: inout MutableSpan<Float>, rows: Int, using random: inout Random)
}

extension Augmentation {
  /// The kind `augmentation`.
  public static var kind: ComponentKind { .augmentation }
  /// Every encoding is accepted.
  public func checkEncoding(_ encoding: TargetEncoding) throws {}
}

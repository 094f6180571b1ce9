/// How a parameter starts.
public protocol Initializer: Component {
  /// Fills `values`, a tensor of `shape`, with its first numbers.
  ///
  /// - Parameters:
  ///   - values: the numbers to be written.
  ///   - shape: the lengths of the tensor's axes.
  ///   - fanIn: how many inputs each unit sums over.
  ///   - fanOut: how many units each input reaches.
  ///   - random: the generator to draw from.
  func fill(_ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random)
  /// Mean and variance of the numbers that it draws; nil for one that claims nothing.
  func moments(fanIn: Int, fanOut: Int) -> Moments?
}

extension Initializer {
  /// The kind `initializer`.
  public static var kind: ComponentKind { .initializer }
  /// Nothing is claimed.
  public func moments(fanIn: Int, fanOut: Int) -> Moments? { nil }
}

/// The mean and the variance of a distribution.
public struct Moments: Hashable, Sendable {
  /// The mean.
  public var mean: Double
  /// The variance.
  public var variance: Double

  /// A mean and a variance.
  public init(mean: Double = 0, variance: Double) { (self.mean, self.variance) = (mean, variance) }
}

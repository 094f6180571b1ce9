import GliaCore

/// The identity matrix times `gain`, so that a layer initially passes its inputs on: w = gain · I.
///
/// Entries are `gain` where the row and column indices agree and 0 elsewhere, also for non-square weights. Axes after the
/// first are flattened.
///
/// Source: Le, Jaitly and Hinton, "A simple way to initialize recurrent networks of rectified linear units" (2015).
public struct IdentityInitializer: Initializer {
  public static let name = "identity"
  public static let aliases = ["eye"]
  public static let summary = "the identity matrix times gain"
  /// The factor of the identity matrix.
  public var gain: Float = 1
  /// Creates an identity initializer with gain 1.
  public init() {}
  /// Creates an identity initializer with the given gain.
  public init(gain: Float) { self.gain = gain }
  public func validate() throws { try require(gain.isFinite, "gain", gain, expected: "a finite number") }
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    let rows = max(shape.first ?? 1, 1)
    let width = values.count / rows
    values.update(repeating: 0)
    for i in 0..<min(rows, width) { values[i * width + i] = gain }
  }
}

extension Initializer where Self == IdentityInitializer {
  /// The identity matrix times `gain`.
  public static func identity(gain: Float = 1) -> IdentityInitializer { IdentityInitializer(gain: gain) }
}

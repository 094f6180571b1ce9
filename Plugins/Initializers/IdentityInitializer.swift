import GliaCore

/// The identity matrix times `gain`: a layer that begins by passing its inputs on.
///
/// `gain` where the numbers of row and column agree, 0 elsewhere; what does not fit is cut off. Axes after the first make
/// one row.
///
/// Source: Le, Jaitly and Hinton, "A simple way to initialize recurrent networks of rectified linear units" (2015).
public struct IdentityInitializer: Initializer {
  public static let name = "identity"
  public static let aliases = ["eye"]
  public static let summary = "the identity matrix times gain"
  /// What the ones are multiplied by.
  public var gain: Float = 1
  /// The identity matrix.
  public init() {}
  /// The identity matrix times `gain`.
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

import GliaCore

/// An initializer that sets all weights to a constant: w = value.
public struct ConstantInitializer: Initializer {
  public static let name = "constant"
  public static let summary = "a constant value"
  /// The value.
  public var value: Float = 0
  /// Creates an initializer with the constant 0.
  public init() {}
  /// Creates an initializer with the constant `value`.
  public init(_ value: Float) { self.value = value }
  public func validate() throws { try require(value.isFinite, "value", value, expected: "a finite number") }
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    values.update(repeating: value)
  }
}

extension Initializer where Self == ConstantInitializer {
  /// The constant `value`.
  public static func constant(_ value: Float) -> ConstantInitializer { ConstantInitializer(value) }
}

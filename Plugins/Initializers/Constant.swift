import GliaCore

/// The same number everywhere.
public struct ConstantInitializer: Initializer {
  public static let name = "constant"
  public static let summary = "the same number everywhere"
  /// The number.
  public var value: Float = 0
  /// All zeros.
  public init() {}
  /// `value` everywhere.
  public init(_ value: Float) { self.value = value }
  public func validate() throws { try require(value.isFinite, "value", value, expected: "a finite number") }
  public func fill(
    _ values: inout MutableSpan<Float>, shape: [Int], fanIn: Int, fanOut: Int, using random: inout Random
  ) {
    values.update(repeating: value)
  }
}

extension Initializer where Self == ConstantInitializer {
  /// `value` everywhere.
  public static func constant(_ value: Float) -> ConstantInitializer { ConstantInitializer(value) }
}

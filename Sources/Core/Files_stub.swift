public struct SafeTensors: Sendable {
  public struct Entry: Sendable { public var name: String; public var shape: [Int]; public var values: [Float] }
  public var tensors: [Entry] = []
  public var metadata: [String: String] = [:]
  public init() {}
  public init(contentsOf path: String) throws {}
  public func write(to path: String) throws {}
  public mutating func add(_ n: String, _ t: Tensor) throws {}
  public subscript(name: String) -> Entry? { nil }
}

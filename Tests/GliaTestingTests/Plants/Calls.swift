/// Counts calls of faulty components: hidden state that a component must not have.
enum Calls {
  nonisolated(unsafe) private static var count = 0
  /// The index of this call.
  static func next() -> Float {
    count += 1
    return Float(count)
  }
}

/// How often faulty components were called: what a component must not remember.
enum Calls {
  nonisolated(unsafe) private static var count = 0
  /// The index of this call.
  static func next() -> Float {
    count += 1
    return Float(count)
  }
}

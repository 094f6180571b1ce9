/// Numbers at a fixed address, for the lifetime of this object.
final class Numbers {
  let start: UnsafeMutablePointer<Float>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    start = .allocate(capacity: count + 1)
    start.initialize(repeating: .nan, count: count + 1)
  }

  deinit { start.deallocate() }

  /// Writes `values`, followed by NaN.
  func fill(_ values: [Float]) {
    for i in 0..<count { start[i] = i < values.count ? values[i] : .nan }
  }

  var values: [Float] { Array(UnsafeBufferPointer(start: start, count: count)) }
}

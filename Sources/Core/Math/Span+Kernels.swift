/// Bridges between spans and the C kernels of `GliaKernels`, which take a count and addresses.
extension MutableSpan<Float> {
  /// Replaces every number by what `kernel(count, from, to)` makes of it.
  @inlinable
  public mutating func apply(_ kernel: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void) {
    withUnsafeMutableBufferPointer { values in
      guard let start = values.baseAddress else { return }
      kernel(values.count, UnsafePointer(start), start)
    }
  }

  /// Replaces every number by what `kernel(count, other, from, to)` makes of it and of its partner in `other`.
  @inlinable
  public mutating func apply(
    with other: Span<Float>,
    _ kernel: (Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let partner = other.address
    withUnsafeMutableBufferPointer { values in
      guard let start = values.baseAddress, let partner else { return }
      kernel(values.count, partner, UnsafePointer(start), start)
    }
  }

  /// The address of the numbers, valid while the span is; nil if there are none.
  @inlinable
  public var address: UnsafeMutablePointer<Float>? {
    mutating get { withUnsafeMutableBufferPointer { $0.baseAddress } }
  }
}

extension Span<Float> {
  /// The address of the numbers, valid while the span is; nil if there are none.
  @inlinable
  public var address: UnsafePointer<Float>? { withUnsafeBufferPointer { $0.baseAddress } }
}

import GliaKernels

/// Bridges between spans and the C kernels of `GliaKernels`, which take a count and addresses.
extension MutableSpan<Float> {
  /// Replaces all numbers by the results of `kernel(count, from, to)`.
  @inlinable
  public mutating func apply(_ kernel: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void) {
    withUnsafeMutableBufferPointer { values in
      guard let start = values.baseAddress else { return }
      kernel(values.count, UnsafePointer(start), start)
    }
  }

  /// Replaces all numbers by the results of `kernel(count, other, from, to)`, which pairs them with those in `other`.
  @inlinable
  public mutating func apply(
    with other: Span<Float>,
    _ kernel: (Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    other.withUnsafeBufferPointer { partner in
      withUnsafeMutableBufferPointer { values in
        guard let start = values.baseAddress, let partner = partner.baseAddress else { return }
        kernel(values.count, partner, UnsafePointer(start), start)
      }
    }
  }
}

extension Span<Float> {
  /// The sum of the squares of all numbers.
  public var sumOfSquares: Double {
    withUnsafeBufferPointer { values in values.baseAddress.map { glia_sum_of_squares(values.count, $0) } ?? 0 }
  }
}

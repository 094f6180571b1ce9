import RealModule

/// A signal of ``MNIST1D`` whose padding, amplitude and shift are known: the deterministic part of its generator.
struct DigitSignal {
  /// The numbers of zeros after a template.
  static let padding = 36...60
  /// The length after stretching: that of a template and the longest padding.
  static let stretched = 72
  /// The length of a finished signal.
  static let length = 40
  /// The standard deviation of the Gaussian that smooths the background, and its reach.
  private static let (smoothness, reach) = (2.0, 8)

  /// The templates of the ten digits: mean 0, standard deviation 1, moved to start at 0, divided by 6.
  static let templates: [[Double]] = [
    [5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5], [5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5],
    [5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5], [5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5],
    [5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5], [5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5],
    [5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5], [5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5],
    [5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5], [5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5],
  ].map { heights in
    let count = Double(heights.count)
    let mean = heights.reduce(0, +) / count
    let deviation = (heights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    return heights.map { ($0 - heights[0]) / deviation / 6 }
  }

  /// The stretched and shifted signal; exactly 0 in its padding.
  private let clean: [Double]

  /// Creates the signal of a digit; `padding`, `amplitude` and `shift` are those of ``MNIST1D``.
  init(digit: Int, padding: Int, amplitude: Double, shift: Int) {
    // As in the source, a small number keeps the zeros of a template apart from the padding.
    let padded = Self.templates[digit].map { $0 + 1e-8 } + [Double](repeating: 0, count: padding)
    let stretched = Self.interpolated(padded, at: Self.stretched).map { amplitude * $0 }
    let shift = shift % stretched.count
    clean = stretched.suffix(shift) + stretched.dropLast(shift)
  }

  /// Returns the finished signal: `background`, smoothed, in the padding, plus `noise`, minus a line with the given slope.
  func numbers(background: [Double], noise: [Double], slope: Double) -> [Double] {
    let smooth = Self.smoothed(background)
    let end = Double(clean.count - 1)
    let sheared = clean.indices.map { index in
      (clean[index] == 0 ? smooth[index] : clean[index]) + noise[index] - slope * (Double(index) / end - 0.5)
    }
    return Self.interpolated(sheared, at: Self.length)
  }

  /// Interpolates linearly at `count` evenly spaced points.
  private static func interpolated(_ values: [Double], at count: Int) -> [Double] {
    (0..<count).map { index in
      // In whole numbers, so that points at the same place have the same value.
      let (place, rest) = (index * (values.count - 1)).quotientAndRemainder(dividingBy: count - 1)
      guard rest > 0 else { return values[place] }
      return values[place] + Double(rest) / Double(count - 1) * (values[place + 1] - values[place])
    }
  }

  /// Smooths with a Gaussian, the values mirrored at both ends as by SciPy's `gaussian_filter`.
  private static func smoothed(_ values: [Double]) -> [Double] {
    let weights = (-reach...reach).map { Double.exp(-0.5 * Double($0 * $0) / (smoothness * smoothness)) }
    let total = weights.reduce(0, +)
    return values.indices.map { index in
      let sum = weights.indices.reduce(0.0) { sum, offset in
        let place = index + offset - reach
        let mirrored = place < 0 ? -place - 1 : place < values.count ? place : 2 * values.count - place - 1
        return sum + weights[offset] * values[mirrored]
      }
      return sum / total
    }
  }
}

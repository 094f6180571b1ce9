import GliaCore

/// A line search for the strong Wolfe conditions: along a direction d with slope g₀ᵀd < 0, it finds a length t with
///
/// f(w + t d) ≤ f(w) + c₁ t g₀ᵀd and |g(w + t d)ᵀd| ≤ c₂ |g₀ᵀd|.
///
/// The minimum is bracketed, and cubic interpolation narrows the bracket. Near a minimum, where values differ by less than their
/// rounding errors, the slope decides alone.
///
/// Sources: Nocedal and Wright, "Numerical optimization" (2006), algorithms 3.5 and 3.6; Hager and Zhang, "A new conjugate
/// gradient method with guaranteed descent and an efficient line search" (2005) for the rounding errors.
struct LineSearch {
  /// c₁, the fraction of the decrease that the slope promises.
  var decrease = 1e-4
  /// c₂, the fraction of the slope that may remain.
  var curvature = 0.9
  /// The largest number of evaluations.
  var evaluations = 20
  /// The relative rounding error of values.
  private static let noise = 5e-8

  /// A point on the line.
  struct Point {
    let length: Double
    let value: Double
    /// The derivative of the value by the length.
    let slope: Double
    let parameters: [Float]
    let gradient: [Float]

    var isFinite: Bool { value.isFinite && slope.isFinite }
  }

  /// Returns a point with a lower value, which satisfies the conditions unless the evaluations do not suffice; nil if there
  /// is none.
  ///
  /// - Parameters:
  ///   - direction: the direction, along which the objective must fall.
  ///   - first: the length to try first.
  func search(_ objective: Objective, along direction: [Double], first: Double) throws -> Point? {
    let origin = objective.parameters.doubles
    let start = Point(
      length: 0, value: objective.value, slope: objective.gradient.doubles.dot(direction),
      parameters: objective.parameters, gradient: objective.gradient)
    guard start.slope < 0, start.isFinite else { return nil }
    /// The best point with a sufficient decrease, and the other end of the bracket, if there is one yet.
    var (low, high): (Point, Point?) = (start, nil)
    var length = first
    for _ in 0..<evaluations {
      let parameters = origin.adding(direction, times: length).floats
      guard parameters != low.parameters else { break }
      let (value, gradient) = try objective.evaluate(at: parameters)
      let point = Point(
        length: length, value: value, slope: gradient.doubles.dot(direction), parameters: parameters, gradient: gradient
      )
      if isLow(point, start), point.slope.magnitude <= -curvature * start.slope { return point }
      if !isLow(point, start) || point.value > low.value {
        high = point
      } else {
        // The minimum lies between two points whose slopes point at each other.
        if point.slope * ((high?.length ?? .infinity) - low.length) >= 0 { high = low }
        low = point
      }
      length = next(low, high, start)
    }
    return low.length > 0 && low.value < start.value ? low : nil
  }

  /// Whether the value has decreased sufficiently, up to rounding errors.
  private func isLow(_ point: Point, _ start: Point) -> Bool {
    point.isFinite
      && point.value <= start.value + max(decrease * point.length * start.slope, Self.noise * start.value.magnitude)
  }

  /// Returns the length to try next: inside the bracket, or farther.
  private func next(_ low: Point, _ high: Point?, _ start: Point) -> Double {
    guard let high else { return low.length > 0 ? 4 * low.length : 0 }
    let width = high.length - low.length
    let guess = high.isFinite ? Self.cubicMinimum(low, high) : low.length
    let (least, most) = (low.length + 0.1 * width, low.length + 0.9 * width)
    guard guess.isFinite, guess >= min(least, most), guess <= max(least, most) else {
      return low.length + (high.isFinite ? 0.5 : 0.1) * width
    }
    return guess
  }

  /// Returns the minimum of the cubic polynomial with the values and slopes of two points.
  private static func cubicMinimum(_ a: Point, _ b: Point) -> Double {
    let width = b.length - a.length
    let d1 = a.slope + b.slope - 3 * (b.value - a.value) / width
    let square = d1 * d1 - a.slope * b.slope
    guard square >= 0 else { return .nan }
    let d2 = square.squareRoot() * (width < 0 ? -1 : 1)
    return b.length - width * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
  }
}

import GliaCore

/// Minimizes a smooth function within a box: L-BFGS with projected steps.
///
/// Source: Nocedal and Wright, "Numerical Optimization" (2nd edition, 2006), algorithms 7.4 and 16.5.
struct BoxMinimizer {
  /// The lower and the upper ends of the box.
  let box: [ClosedRange<Double>]
  /// The most iterations.
  let iterations: Int

  private let memory = 8

  /// Returns the best point found and its value.
  ///
  /// - Parameter function: returns value and gradient; a value that is not finite counts as infinite.
  func minimize(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double) {
    var x = projected(start)
    var (value, gradient) = function(x)
    guard value.isFinite else { return (x, .infinity) }
    var pairs = QuasiNewtonPairs(limit: memory)
    for _ in 0..<iterations {
      let free = x.indices.map { i in
        !(x[i] <= box[i].lowerBound && gradient[i] > 0 || x[i] >= box[i].upperBound && gradient[i] < 0)
      }
      var direction = pairs.times(gradient.indices.map { free[$0] ? -gradient[$0] : 0 })
      for i in x.indices where !free[i] { direction[i] = 0 }
      var slope = direction.dot(gradient)
      if slope >= 0 {
        pairs = QuasiNewtonPairs(limit: memory)
        direction = gradient.indices.map { free[$0] ? -gradient[$0] : 0 }
        slope = direction.dot(gradient)
      }
      guard slope < -1e-12 else { break }
      // Without curvature, the first step moves by a tenth of the box.
      let longest = zip(direction, box).map { $0.magnitude / ($1.upperBound - $1.lowerBound) }.max() ?? 1
      var rate = pairs.isEmpty ? min(1, 0.1 / longest) : 1
      var accepted: (x: [Double], value: Double, gradient: [Double])?
      for _ in 0..<12 {
        let next = projected(zip(x, direction).map { $0 + rate * $1 })
        let result = function(next)
        if result.value.isFinite, result.value <= value + 1e-4 * gradient.dot(next.adding(x, times: -1)) {
          accepted = (next, result.value, result.gradient)
          break
        }
        rate *= 0.4
      }
      guard let accepted else { break }
      pairs.append(step: accepted.x.adding(x, times: -1), change: accepted.gradient.adding(gradient, times: -1))
      let gain = value - accepted.value
      (x, value, gradient) = accepted
      if gain < 1e-6 * max(1, value.magnitude) { break }
    }
    return (x, value)
  }

  private func projected(_ x: [Double]) -> [Double] {
    zip(x, box).map { min(max($0, $1.lowerBound), $1.upperBound) }
  }
}

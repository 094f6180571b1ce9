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
    var pairs: [(step: [Double], change: [Double])] = []
    for _ in 0..<iterations {
      let free = x.indices.map { i in
        !(x[i] <= box[i].lowerBound && gradient[i] > 0 || x[i] >= box[i].upperBound && gradient[i] < 0)
      }
      var direction = Self.direction(gradient.indices.map { free[$0] ? gradient[$0] : 0 }, pairs)
      for i in x.indices where !free[i] { direction[i] = 0 }
      var slope = dot(direction, gradient)
      if slope >= 0 {
        pairs = []
        direction = gradient.indices.map { free[$0] ? -gradient[$0] : 0 }
        slope = dot(direction, gradient)
      }
      guard slope < -1e-12 else { break }
      // Without curvature, the first step moves by a tenth of the box.
      let longest = zip(direction, box).map { $0.magnitude / ($1.upperBound - $1.lowerBound) }.max() ?? 1
      var rate = pairs.isEmpty ? min(1, 0.1 / longest) : 1
      var accepted: (x: [Double], value: Double, gradient: [Double])?
      for _ in 0..<12 {
        let next = projected(zip(x, direction).map { $0 + rate * $1 })
        let result = function(next)
        if result.value.isFinite, result.value <= value + 1e-4 * dot(gradient, zip(next, x).map(-)) {
          accepted = (next, result.value, result.gradient)
          break
        }
        rate *= 0.4
      }
      guard let accepted else { break }
      let (step, change) = (zip(accepted.x, x).map(-), zip(accepted.gradient, gradient).map(-))
      if dot(step, change) > 1e-10 * dot(change, change) { pairs = (pairs + [(step, change)]).suffix(memory) }
      let gain = value - accepted.value
      (x, value, gradient) = accepted
      if gain < 1e-6 * max(1, value.magnitude) { break }
    }
    return (x, value)
  }

  private func projected(_ x: [Double]) -> [Double] {
    zip(x, box).map { min(max($0, $1.lowerBound), $1.upperBound) }
  }

  /// Returns the quasi-Newton direction (two-loop recursion).
  private static func direction(_ gradient: [Double], _ pairs: [(step: [Double], change: [Double])]) -> [Double] {
    var q = gradient
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = dot(pair.step, q) / dot(pair.step, pair.change)
      for i in q.indices { q[i] -= weight * pair.change[i] }
      weights.append(weight)
    }
    if let last = pairs.last {
      let scale = dot(last.step, last.change) / dot(last.change, last.change)
      for i in q.indices { q[i] *= scale }
    }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      let correction = weight - dot(pair.change, q) / dot(pair.step, pair.change)
      for i in q.indices { q[i] += correction * pair.step[i] }
    }
    return q.map { -$0 }
  }
}

/// Returns the scalar product.
func dot(_ a: [Double], _ b: [Double]) -> Double { dot(a, b, count: a.count) }

/// Returns the scalar product of the first `count` numbers from the given places on.
@inline(__always)
func dot(_ a: [Double], from i: Int = 0, _ b: [Double], from j: Int = 0, count: Int) -> Double {
  var sums = SIMD4<Double>()
  let whole = count & ~3
  for k in stride(from: 0, to: whole, by: 4) {
    let left = SIMD4<Double>(a[i + k], a[i + k + 1], a[i + k + 2], a[i + k + 3])
    let right = SIMD4<Double>(b[j + k], b[j + k + 1], b[j + k + 2], b[j + k + 3])
    sums += left * right
  }
  var sum = sums.sum()
  for k in whole..<count { sum += a[i + k] * b[j + k] }
  return sum
}

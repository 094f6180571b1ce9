import GliaCore
import GliaSearch

/// Finds the point with the highest expected improvement: the best of many candidates, improved step by step.
struct AcquisitionMaximizer {
  private let acquisition: ExpectedImprovement
  private let coordinates: SearchCoordinates
  /// The points that have been tried, or are being tried.
  private let known: Set<[Double]>
  private let continuous: [Bool]

  init(_ acquisition: ExpectedImprovement, _ coordinates: SearchCoordinates, known: Set<[Double]>) {
    (self.acquisition, self.coordinates, self.known) = (acquisition, coordinates, known)
    continuous = coordinates.space.dimensions.map { $0.count == nil }
  }

  /// Returns the best point found that is not known, or any if all are.
  ///
  /// - Parameter incumbents: the best known points, around which half of the candidates lie.
  func maximum(near incumbents: [[Double]], using random: inout Random) -> [Double] {
    let scored = candidates(near: incumbents, using: &random).map { ($0, acquisition.value($0)) }
    let ranked = scored.filter { !known.contains($0.0) }.sorted { $0.1 > $1.1 }
    guard let first = ranked.first else { return scored.first?.0 ?? incumbents[0] }
    var best = first
    for start in distinct(ranked) {
      let improved = improve(start)
      if improved.1 > best.1 { best = improved }
    }
    return best.0
  }

  private func candidates(near incumbents: [[Double]], using random: inout Random) -> [[Double]] {
    let count = 300
    var points = (0..<count).map { _ in coordinates.rounded(continuous.map { _ in random.uniform() }) }
    for i in 0..<count {
      let center = incumbents[i % incumbents.count]
      let width = [0.2, 0.05, 0.01][i / incumbents.count % 3]
      let changed = random.below(center.count)
      let point = center.indices.map { k in
        // Some dimensions keep their value.
        k != changed && random.uniform() < 0.4
          ? center[k]
          : coordinates.isOrdered[k]
            ? min(max(center[k] + width * random.normal(), 0), 1.0.nextDown) : random.uniform()
      }
      points.append(coordinates.rounded(point))
    }
    return points
  }

  /// The best candidates that are not close to each other.
  private func distinct(_ ranked: [([Double], Double)]) -> [([Double], Double)] {
    var starts: [([Double], Double)] = []
    for candidate in ranked where starts.count < 5 {
      let isNear = starts.contains { zip($0.0, candidate.0).allSatisfy { abs($0 - $1) < 0.05 } }
      if !isNear { starts.append(candidate) }
    }
    return starts
  }

  /// Improves a candidate: real numbers along the gradient, and one other dimension at a time by its neighboring values, or by
  /// any category.
  private func improve(_ start: ([Double], Double)) -> ([Double], Double) {
    var best = start
    for _ in 0..<3 {
      let before = best.1
      climb(&best)
      for k in continuous.indices where !continuous[k] {
        for value in alternatives(to: best.0[k], k) {
          var point = best.0
          point[k] = value
          consider(coordinates.rounded(point), &best)
        }
      }
      if best.1 <= before + 1e-6 || continuous.allSatisfy(\.self) { break }
    }
    return best
  }

  private func climb(_ best: inout ([Double], Double)) {
    let active = coordinates.active(at: best.0)
    let free = best.0.indices.filter { continuous[$0] && active[$0] }
    guard !free.isEmpty else { return }
    let fixed = best.0
    let minimizer = BoxMinimizer(box: free.map { _ in 0...1.0.nextDown }, iterations: 25)
    func placed(_ x: [Double]) -> [Double] {
      var point = fixed
      for (k, value) in zip(free, x) { point[k] = value }
      return point
    }
    let result = minimizer.minimize(from: free.map { fixed[$0] }) { x in
      let (value, gradient) = acquisition.loss(placed(x))
      return (value, free.map { gradient[$0] })
    }
    consider(placed(result.point), &best)
  }

  private func consider(_ point: [Double], _ best: inout ([Double], Double)) {
    guard !known.contains(point) else { return }
    let value = acquisition.value(point)
    if value > best.1 { best = (point, value) }
  }

  private func alternatives(to coordinate: Double, _ k: Int) -> [Double] {
    let values = coordinates.values[k]
    guard coordinates.isOrdered[k], let place = values.firstIndex(where: { $0 >= coordinate }) else {
      return Array(values.prefix(20))
    }
    return values.indices.filter { 1...2 ~= abs($0 - place) }.map { values[$0] }
  }
}

import GliaCore
import GliaSearch

/// The coordinates of a search space as models see them: rounded to those of values, 0.5 where there is none.
struct SearchCoordinates {
  let space: SearchSpace
  /// Whether neighboring coordinates stand for similar values.
  let isOrdered: [Bool]
  /// The coordinates of all values of a dimension, if these are not too many; empty otherwise.
  let values: [[Double]]
  private let isConditional: Bool

  init(_ space: SearchSpace) {
    self.space = space
    isOrdered = space.dimensions.map(\.isOrdered)
    isConditional = space.dimensions.contains { $0.condition != nil }
    values = space.dimensions.map { dimension in
      guard let count = dimension.count, count <= 1000 else { return [] }
      return dimension.grid(points: count).map { dimension.rounded($0) }
    }
  }

  /// Returns the point with the coordinates of its values.
  func rounded(_ point: [Double]) -> [Double] {
    var rounded = zip(space.dimensions, point).map { $0.rounded($1) }
    if isConditional {
      for (index, isActive) in space.active(at: rounded).enumerated() where !isActive { rounded[index] = 0.5 }
    }
    return rounded
  }

  /// Returns the coordinate of the value of dimension `k` at a coordinate.
  func rounded(_ k: Int, _ coordinate: Double) -> Double { space.dimensions[k].rounded(coordinate) }

  /// Returns which dimensions have a value at a point.
  func active(at point: [Double]) -> [Bool] {
    isConditional ? space.active(at: point) : [Bool](repeating: true, count: point.count)
  }
}

extension SearchDimension {
  /// Returns the coordinate of the value at `coordinate`; real numbers are not rounded.
  fileprivate func rounded(_ coordinate: Double) -> Double {
    switch values {
    case .list(let list): (Double(min(Int(coordinate * Double(list.count)), list.count - 1)) + 0.5) / Double(list.count)
    case .range(let range):
      range.count == nil
        ? min(max(coordinate, 0), 1.0.nextDown) : range.coordinate(of: range.value(at: coordinate))
    }
  }
}

extension SearchContext {
  /// The finished trials with what a strategy minimizes: a pruned trial counts as its last report, and a failed one, or one
  /// whose last report is not finite, as the worst of all.
  var observations: [(point: [Double], value: Double)] {
    let values = finished.map { trial -> Double? in
      trial.outcome == .pruned ? trial.reports.last.flatMap { $0.value.isFinite ? $0.value : nil } : trial.value
    }
    guard let worst = values.compactMap(\.self).max() else { return [] }
    return zip(finished, values).map { ($0.point, $1 ?? worst) }
  }
}

import Glia
import RealModule

extension ONNXFlow {
  /// Returns the results of a region of steps that starts with the rows `x`; nil if one of them is not a function of numbers in
  /// a row.
  func rows(of region: [Int], from start: Int, for x: [[Double]]) -> [[Double]]? {
    var results = [start: x]
    for index in region {
      let step = steps[index]
      let operands = step.operands.compactMap { results[$0] }
      guard operands.count == step.operands.count, let first = operands.first else { return nil }
      switch step.operation {
      case .function(let function, _): results[index] = first.map { $0.map(function) }
      case .reduction(let reduction): results[index] = first.map { [reduction($0)] }
      case .combination(let combination):
        guard operands.count == 2 else { return nil }
        results[index] = zip(first, operands[1]).map { a, b in
          // The result of a reduction counts for the whole row.
          (0..<max(a.count, b.count)).map { combination(a[a.count == 1 ? 0 : $0], b[b.count == 1 ? 0 : $0]) }
        }
      case .choice:
        guard operands.count == 3, operands.allSatisfy({ $0.map(\.count) == first.map(\.count) }) else { return nil }
        results[index] = first.indices.map { row in
          first[row].indices.map { operands[first[row][$0] != 0 ? 1 : 2][row][$0] }
        }
      case .input, .pieces, .concatenation, .complement: return nil
      }
    }
    return region.last.flatMap { results[$0] }
  }

  /// Whether a step treats all numbers, or all numbers of a row, alike.
  func isUniform(_ index: Int) -> Bool {
    switch steps[index].operation {
    case .function, .combination, .choice, .reduction: true
    case .input, .pieces, .concatenation, .complement: false
    }
  }
}

extension ONNXFlow.Combination {
  func callAsFunction(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: .pow(of: a, b)
    case .minimum: min(a, b)
    case .maximum: max(a, b)
    case .greater: a > b ? 1 : 0
    case .greaterOrEqual: a >= b ? 1 : 0
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    }
  }
}

extension ONNXFlow.Reduction {
  func callAsFunction(_ row: [Double]) -> Double {
    switch self {
    case .mean: row.reduce(0, +) / Double(row.count)
    case .sum: row.reduce(0, +)
    case .maximum: row.max() ?? -.infinity
    case .squareSum: row.reduce(0) { $0 + $1 * $1 }
    case .norm: row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
  }
}

extension Double {
  /// The power, also of negative numbers to whole exponents.
  static func pow(of base: Double, _ exponent: Double) -> Double {
    Int(exactly: exponent).map { .pow(base, $0) } ?? .pow(base, exponent)
  }
}

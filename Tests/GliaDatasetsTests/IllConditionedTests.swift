import Foundation
import Glia
import Testing

/// The condition number of a linear regression.
struct IllConditionedTests {
  @Test func eigenvaluesByHand() {
    let values = IllConditioned(samples: 10, features: 3, condition: 100).eigenvalues
    #expect(zip(values, [0.01, 0.1, 1]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(IllConditioned(samples: 10, features: 1, condition: 100).eigenvalues == [1])
    #expect(IllConditioned(samples: 10, features: 2, condition: 1).eigenvalues == [1, 1])
  }

  @Test(arguments: [(60, 8, 1000), (7, 6, 10), (40, 1, 50), (50, 5, 1)] as [(Int, Int, Double)])
  func hessianHasTheEigenvalues(samples: Int, features: Int, condition: Double) throws {
    let source = IllConditioned(samples: samples, features: features, condition: condition, seed: 2)
    let data = try source.load()
    let x = (0..<samples).map { data.inputs[row: $0].map(Double.init) }
    var hessian = [[Double]](repeating: [Double](repeating: 0, count: features), count: features)
    for row in x {
      for i in 0..<features {
        for j in 0..<features { hessian[i][j] += row[i] * row[j] / Double(samples) }
      }
    }
    for (value, expected) in zip(Self.eigenvalues(hessian), source.eigenvalues) {
      #expect(abs(value / expected - 1) < 1e-4, "\(value) \(expected)")
    }
    for feature in 0..<features { #expect(abs(x.map { $0[feature] }.reduce(0, +)) < 1e-4) }
    for (row, y) in zip(x, try data.targets[0].numbers()) {
      let exact = zip(row, source.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(Double(y) - exact) < 1e-5)
    }
    // The rotation mixes the features: none has a variance of nearly the smallest eigenvalue.
    if features > 4, condition >= 1000 {
      for feature in 0..<features { #expect(hessian[feature][feature] > 3 * source.eigenvalues[0]) }
    }
  }

  @Test func noiseIsAddedToTheTarget() throws {
    let noisy = try IllConditioned(samples: 4000, features: 2, noise: 0.5).load().targets[0].numbers()
    let exact = try IllConditioned(samples: 4000, features: 2).load().targets[0].numbers()
    #expect(noisy != exact)
    let source = IllConditioned(samples: 4000, features: 2, noise: 0.5)
    let data = try source.load()
    let square = zip(0..<4000, noisy).reduce(0.0) { sum, pair in
      let fit = zip(data.inputs[row: pair.0], source.coefficients).reduce(0) { $0 + Double($1.0) * $1.1 }
      return sum + (Double(pair.1) - fit) * (Double(pair.1) - fit)
    }
    #expect(abs(square / 4000 / 0.25 - 1) < 5 * (2.0 / 4000).squareRoot())
  }

  /// The eigenvalues of a symmetric matrix, ascending, by Jacobi's rotations.
  private static func eigenvalues(_ matrix: [[Double]]) -> [Double] {
    var a = matrix
    for _ in 0..<30 {
      for p in a.indices {
        for q in p + 1..<max(a.count, p + 1) where a[p][q] != 0 {
          let angle = 0.5 * atan2(2 * a[p][q], a[q][q] - a[p][p])
          let (c, s) = (cos(angle), sin(angle))
          for k in a.indices { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
          for k in a.indices { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
        }
      }
    }
    return a.indices.map { a[$0][$0] }.sorted()
  }
}

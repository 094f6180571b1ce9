import GliaCore
import GliaSearch
import RealModule

/// A test function of global optimization, with its search space and its minimum.
struct TestFunction: Sendable {
  let name: String
  let space: SearchSpace
  let minimum: Double
  let value: @Sendable ([Double]) -> Double

  /// Branin's function of two variables, with three minima.
  static func branin() throws -> TestFunction {
    let space = try SearchSpace([SearchDimension(parsing: "x0=-5..10"), SearchDimension(parsing: "x1=0..15")])
    return TestFunction(name: "branin", space: space, minimum: 0.397_887_357_729_738_2) { x in
      let valley = x[1] - 5.1 / (4 * .pi * .pi) * x[0] * x[0] + 5 / .pi * x[0] - 6
      return valley * valley + 10 * (1 - 1 / (8 * .pi)) * .cos(x[0]) + 10
    }
  }

  /// Hartmann's function of six variables, with six minima.
  static func hartmann6() throws -> TestFunction {
    let space = try SearchSpace((0..<6).map { try SearchDimension(parsing: "x\($0)=0..1") })
    let scales = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
    ]
    let centers = [
      [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
      [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]
    return TestFunction(name: "hartmann6", space: space, minimum: -3.322_368_011_415_515) { x in
      zip([1, 1.2, 3, 3.2], zip(scales, centers)).reduce(0) { sum, term in
        let (weight, (scale, center)) = term
        return sum - weight
          * .exp(-zip(scale, zip(x, center)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) * ($1.1.0 - $1.1.1) })
      }
    }
  }

  /// Ackley's function of five variables, in whose many local minima a descent gets lost.
  static func ackley5() throws -> TestFunction {
    let space = try SearchSpace((0..<5).map { try SearchDimension(parsing: "x\($0)=-32.768..32.768") })
    return TestFunction(name: "ackley5", space: space, minimum: 0) { x in
      let square = x.reduce(0) { $0 + $1 * $1 } / 5
      let wave = x.reduce(0) { $0 + .cos(2 * .pi * $1) } / 5
      return 20 - 20 * .exp(-0.2 * square.squareRoot()) + .exp(1) - .exp(wave)
    }
  }

  /// Rosenbrock's function of four variables, a curved valley.
  static func rosenbrock4() throws -> TestFunction {
    let space = try SearchSpace((0..<4).map { try SearchDimension(parsing: "x\($0)=-5..10") })
    return TestFunction(name: "rosenbrock4", space: space, minimum: 0) { x in
      zip(x, x.dropFirst()).reduce(0) { sum, pair in
        let (valley, distance) = (pair.1 - pair.0 * pair.0, 1 - pair.0)
        return sum + 100 * valley * valley + distance * distance
      }
    }
  }

  /// Levy's function of four variables, waves in a bowl.
  static func levy4() throws -> TestFunction {
    let space = try SearchSpace((0..<4).map { try SearchDimension(parsing: "x\($0)=-10..10") })
    return TestFunction(name: "levy4", space: space, minimum: 0) { x in
      let w = x.map { 1 + ($0 - 1) / 4 }
      func square(_ number: Double) -> Double { number * number }
      let middle = w.dropLast().reduce(0) { sum, w in
        sum + square(w - 1) * (1 + 10 * square(.sin(.pi * w + 1)))
      }
      return square(.sin(.pi * w[0])) + middle + square(w[3] - 1) * (1 + square(.sin(2 * .pi * w[3])))
    }
  }

  /// Returns the lowest regret after each trial of a search.
  func regrets(_ strategy: some SearchStrategy, trials: Int, seed: UInt64) throws -> [Double] {
    let (dimensions, value) = (space.dimensions, value)
    var search = try Search(space, strategy: strategy, trials: trials, seed: seed) { trial in
      value(dimensions.map { trial.values[$0.path]?.double ?? .nan })
    }
    var best = Double.infinity
    return try search.run().map { trial in
      best = min(best, (trial.value ?? .infinity) - minimum)
      return best
    }
  }
}

extension [Double] {
  /// The median.
  var median: Double {
    let sorted = sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}

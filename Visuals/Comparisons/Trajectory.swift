import GliaCore

/// The path of one optimizer over a surface.
public struct Trajectory: Hashable, Sendable {
  /// The name of the optimizer, such as `Adam lr 0.1`.
  public var name: String
  /// The points (x and y interleaved) from the start on, as far as they are finite.
  public let points: [Double]
  /// The value at each point.
  public let values: [Double]
  /// The number of steps after which each point was reached.
  public let times: [Int]
  /// Whether the path ended because a value was not finite.
  public var isDiverged = false

  /// Creates a path through `points` with the value at each; it ends at the first one that is not finite.
  ///
  /// - Parameters:
  ///   - name: The name of the optimizer.
  ///   - points: The points (x and y interleaved) from the start on.
  ///   - values: The value at each point.
  ///   - times: The number of steps after which each point was reached, ascending; `nil` for one step between points.
  public init(_ name: String, points: [Double], values: [Double], times: [Int]? = nil) {
    self.name = name
    let count = min(points.count / 2, values.count, times?.count ?? .max)
    let end = (0..<count).first { i in
      !(points[2 * i].isFinite && points[2 * i + 1].isFinite && values[i].isFinite)
    }
    self.points = Array(points[..<(2 * (end ?? count))])
    self.values = Array(values[..<(end ?? count)])
    self.times = times.map { Array($0[..<(end ?? count)]) } ?? Array(0..<(end ?? count))
    isDiverged = end != nil
  }

  /// Runs `optimizer` on `surface` for `steps` steps; its two parameters are x and y.
  ///
  /// A full-batch solver ends when it has converged. One that needs residuals, which a surface does not have, stays at the start.
  public init(
    _ name: String, of optimizer: any Optimizer, on surface: Surface, from start: (x: Double, y: Double)? = nil,
    steps: Int
  ) {
    let start = start ?? surface.start
    if let solver = optimizer as? any FullBatchOptimizer {
      self.init(name, of: solver, solving: surface, from: start, steps: steps)
      return
    }
    let runner = try? OptimizerRunner(optimizer, from: [Float(start.x), Float(start.y)])
    var points = [start.x, start.y]
    var values = [surface.value(start.x, start.y)]
    if var runner {
      for _ in stride(from: 1, through: steps, by: 1) {
        let step: Void? = try? runner.update(at: { point in
          let slope = surface.gradient(Double(point[0]), Double(point[1]))
          return [Float(slope.x), Float(slope.y)]
        })
        guard step != nil else { break }
        points += runner.weights.map(Double.init)
        values.append(surface.value(Double(runner.weights[0]), Double(runner.weights[1])))
        guard values.last?.isFinite == true else { break }
      }
    }
    self.init(name, points: points, values: values)
  }

  private init(
    _ name: String, of solver: any FullBatchOptimizer, solving surface: Surface, from start: (x: Double, y: Double),
    steps: Int
  ) {
    var points = [start.x, start.y]
    var values = [surface.value(start.x, start.y)]
    if var runner = try? SolverRunner(solver, from: [Float(start.x), Float(start.y)]), !solver.usesResiduals {
      for _ in stride(from: 1, through: steps, by: 1) where !runner.hasConverged && values.last?.isFinite == true {
        let step: Int? = try? runner.step { w in
          let (x, y) = (Double(w[0]), Double(w[1]))
          let slope = surface.gradient(x, y)
          return (surface.value(x, y), [Float(slope.x), Float(slope.y)])
        }
        guard step != nil else { break }
        points += runner.parameters.map(Double.init)
        values.append(surface.value(Double(runner.parameters[0]), Double(runner.parameters[1])))
      }
    }
    self.init(name, points: points, values: values)
  }

  /// Runs `optimizer` on `surface` with the learning rate in `rates` whose last quarter of the path stays lowest. The rate
  /// is appended to its name, as in `Adam lr 0.1`.
  public init(
    _ name: String, of optimizer: any Optimizer, bestOf rates: [Float], on surface: Surface,
    from start: (x: Double, y: Double)? = nil, steps: Int
  ) {
    let runs = rates.map { rate in
      var optimizer = optimizer
      optimizer.learningRate = rate
      return Trajectory(
        "\(name) lr \(NumberText.plain(Double(rate), digits: 6))", of: optimizer, on: surface, from: start, steps: steps
      )
    }
    func height(_ run: Trajectory) -> Double {
      run.isDiverged ? .infinity : run.values.suffix(run.values.count / 4 + 1).max() ?? .infinity
    }
    self =
      runs.min { height($0) < height($1) } ?? Trajectory(name, of: optimizer, on: surface, from: start, steps: steps)
  }

  /// The number of steps.
  public var steps: Int { times.last ?? 0 }

  var places: [Point] { values.indices.map { Point(points[2 * $0], points[2 * $0 + 1]) } }
}

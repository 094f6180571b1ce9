import GliaCore
import GliaPruners
import GliaSearch
import GliaTesting
import Testing

@testable import GliaSearchStrategies

@Suite("Search strategies")
struct StrategyTests {
  static let all: [any SearchStrategy] = [
    GridSearch(), RandomSearch(), SobolSearch(), BayesianSearch(), TPESearch(startupTrials: 5),
    TPESearch(startupTrials: 2, candidates: 3, concurrency: 2),
  ]

  @Test("every strategy passes the checks", arguments: all.indices)
  func checks(_ index: Int) {
    for result in checkComponent(Self.all[index]) { #expect(result.passed, "\(result)") }
  }

  @Test("strategies are found by name, and wrong settings are errors")
  func settings() throws {
    var registry = Registry()
    registry.declareSearchKinds()
    for type in [GridSearch.self, RandomSearch.self, SobolSearch.self, BayesianSearch.self, TPESearch.self]
      as [any Component.Type]
    {
      try registry.register(type)
    }
    let bayesian = try registry.make(
      (any SearchStrategy).self, from: ["type": "bayesian", "startup_trials": 7, "concurrency": 2])
    #expect((bayesian as? BayesianSearch)?.startupTrials == 7 && bayesian.concurrency == 2)
    for wrong: JSON in [
      ["type": "bayesian", "startup_trials": 0], ["type": "bayesian", "concurrency": 0],
      ["type": "tpe", "concurrency": .null], ["type": "tpe", "candidates": 0], ["type": "grid", "points": 0],
      ["type": "grid", "point": 3],
    ] {
      #expect(throws: GliaError.self, "\(wrong)") { try registry.make((any SearchStrategy).self, from: wrong) }
    }
  }

  private func trials(_ text: [String], _ strategy: some SearchStrategy, _ trials: Int? = nil) throws -> [String] {
    let space = try SearchSpace(text.map { try SearchDimension(parsing: $0) })
    var search = try Search(space, strategy: strategy, trials: trials) { _ in 0 }
    return try search.run().map { JSON.object($0.values).compact }
  }

  @Test("a grid has all combinations in order, without those that a condition rules out")
  func grid() throws {
    #expect(
      try trials(["a=x,y", "b=0..1"], .grid(points: 3)) == [
        #"{"a":"x","b":0}"#, #"{"a":"x","b":0.5}"#, #"{"a":"x","b":1}"#, #"{"a":"y","b":0}"#, #"{"a":"y","b":0.5}"#,
        #"{"a":"y","b":1}"#,
      ])
    #expect(
      try trials(["a=x,y", "b=1,2 if a=y", "c=int:1..2"], .grid()) == [
        #"{"a":"x","c":1}"#, #"{"a":"x","c":2}"#, #"{"a":"y","b":1,"c":1}"#, #"{"a":"y","b":1,"c":2}"#,
        #"{"a":"y","b":2,"c":1}"#, #"{"a":"y","b":2,"c":2}"#,
      ])
    #expect(try trials(["a=int:1..1000"], .grid(), 2) == [#"{"a":1}"#, #"{"a":251}"#])
    let huge = try SearchSpace((0..<40).map { try SearchDimension(parsing: "x\($0)=0..1") })
    #expect(throws: GliaError.self) { _ = try Search(huge, strategy: .grid()) { _ in 0 } }
    #expect(try Search(huge, strategy: .grid(), trials: 10) { _ in 0 }.trials == 10)
    // 10⁹ combinations, of which each is found by its number.
    let cube = try SearchSpace((0..<9).map { try SearchDimension(parsing: "x\($0)=int:0..9") })
    let point = try GridSearch(points: 10).propose(987_655, of: SearchContext(space: cube, seed: 0))
    #expect(cube.values(at: point).values.compactMap(\.int) == [0, 0, 0, 9, 8, 7, 6, 5, 4])
  }

  /// Each of 12 lists decides whether the next one is part of a trial; without memory, there would be 10¹² branches to count.
  @Test("a large grid with conditions is counted at once", .timeLimit(.minutes(5)))
  func conditionalGrid() throws {
    let space = try SearchSpace(
      (0..<12).map { k in
        try SearchDimension(parsing: "x\(k)=int:0..9" + (k > 0 ? " if x\(k - 1)=1|2|3|4|5|6|7|8|9" : ""))
      })
    let grid = GridSearch(points: 10)
    #expect(grid.length(in: space) == 1_000_001)
    for number in [1, 500_000, 1_000_000] {
      let point = try grid.propose(number, of: SearchContext(space: space, seed: 0))
      #expect(try space.point(of: space.values(at: point)) == point)
    }
  }

  @Test("a Sobol sequence without scrambling is that of Joe and Kuo")
  func sobol() {
    // scipy.stats.qmc.Sobol(64, scramble=False, bits=32), points 5 and 999.
    let sequence = SobolSequence(dimensions: 64, seed: nil)
    #expect(Array(sequence.point(5).prefix(8)) == [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375])
    let late = sequence.point(999)
    #expect(
      [0, 1, 2, 31, 63].map { late[$0] } == [0.1572265625, 0.9091796875, 0.0810546875, 0.0830078125, 0.6337890625])
    #expect(SobolSequence.mostDimensions == 64)
  }

  @Test("scrambling keeps the balance of a net, and depends on the seed")
  func scrambling() throws {
    let points = (0..<64).map { SobolSequence(dimensions: 5, seed: 3).point($0) }
    for k in 0..<5 { #expect(Set(points.map { Int($0[k] * 64) }).count == 64) }
    for (wide, high) in [(8, 8), (2, 32), (16, 4)] {
      #expect(Set(points.map { Int($0[0] * Double(wide)) * high + Int($0[1] * Double(high)) }).count == 64)
    }
    #expect(SobolSequence(dimensions: 5, seed: 4).point(0) != points[0])
    let wide = try SearchSpace((0..<65).map { try SearchDimension(parsing: "x\($0)=0..1") })
    var search = try Search(wide, strategy: .sobol(), trials: 1) { _ in 0 }
    #expect(throws: GliaError.self) { try search.next() }
  }

  @Test("strategies that learn find Branin's minimum sooner than random points")
  func branin() throws {
    let branin = try TestFunction.branin()
    func regret(_ strategy: some SearchStrategy, _ trials: Int) throws -> Double {
      try (0..<2).map { try branin.regrets(strategy, trials: trials, seed: $0).last ?? .infinity }.median
    }
    #expect(try regret(.bayesian(startupTrials: 8, concurrency: 2), 20) < 0.5)
    #expect(try regret(.tpe(), 60) < 1)
  }

  @Test("strategies that learn find the best of mixed settings with conditions")
  func mixed() throws {
    let space = try SearchSpace(
      from: [
        "optimizer": ["sgd", "momentum", "adam"], "rate": "log:1e-4..1", "units": "log-int:1..64",
        "momentum": "0..0.99 if optimizer=momentum",
      ])
    let objective: @Sendable (Trial) throws -> Double = { trial in
      let rate = trial.point[1], units = trial.point[2]
      if rate > 0.95 { return .nan }
      let levels: [String: Double] = ["sgd": 1, "momentum": 0.2, "adam": 0.5]
      let base: Double = levels[trial.values["optimizer"]?.string ?? ""] ?? 9
      let momentum: Double = (trial.values["momentum"]?.double ?? 0.9) - 0.9
      let (rateError, unitsError) = (rate - 0.6, units - 0.5)
      return base + 4 * rateError * rateError + unitsError * unitsError + momentum * momentum
    }
    for strategy in [BayesianSearch(), TPESearch()] as [any SearchStrategy] {
      var search = try Search(space, strategy: strategy, trials: 24, seed: 1, objective: objective)
      try search.run()
      #expect(search.best?.values["optimizer"] == "momentum", "\(type(of: strategy).name)")
      #expect(search.best?.value ?? 1 < 0.4, "\(type(of: strategy).name)")
    }
  }
}

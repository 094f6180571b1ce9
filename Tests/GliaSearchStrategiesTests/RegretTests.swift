import Foundation
import GliaCore
import GliaSearch
import GliaSearchStrategies
import Testing

/// The table of regrets, which takes minutes without optimization: `GLIA_REGRET_SEEDS=20 swift test -Xswiftc -O --filter
/// RegretTable`.
@Suite("RegretTable")
struct RegretTable {
  @Test(.enabled(if: ProcessInfo.processInfo.environment["GLIA_REGRET_SEEDS"] != nil))
  func table() throws {
    let seeds = ProcessInfo.processInfo.environment["GLIA_REGRET_SEEDS"].flatMap { Int($0) } ?? 20
    let strategies: [any SearchStrategy] = [
      RandomSearch(), SobolSearch(), TPESearch(), TPESearch(concurrency: 1), BayesianSearch(),
      BayesianSearch(concurrency: 1),
    ]
    for function in [try TestFunction.branin(), try .hartmann6(), try .ackley5(), try .rosenbrock4(), try .levy4()] {
      for strategy in strategies {
        let start = clock()
        let runs = try (0..<seeds).map { try function.regrets(strategy, trials: 100, seed: UInt64($0)) }
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(seeds)
        let medians = [20, 30, 40, 50, 70, 100].map { trials in runs.map { $0[trials - 1] }.median.brief }
        print(
          function.name, type(of: strategy).name, strategy.concurrency ?? 0, medians.joined(separator: " "),
          "\((seconds * 10).brief) ms per trial")
      }
    }
  }
}

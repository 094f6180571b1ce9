// Which optimizer is best? The question of Schmidt, Schneider and Hennig, "Descending through a crowded valley" (2021), asked of
// small networks: every optimizer is tuned with the same number of trials on each of eleven problems, then trained from the same
// fresh starts. Look at critical_difference.png first: optimizers joined by a bar cannot be told apart. Then at ranks.png: no row
// looks like the average.
//
//     swift run -c release CrowdedValley [folder] [tuning trials] [seeds]
import Foundation
import Glia
import GliaStudies
import GliaVisuals

let arguments = CommandLine.arguments.dropFirst()
let folder = URL(fileURLWithPath: arguments.first ?? "crowded-valley")
let (trials, seeds) = (Int(arguments.dropFirst().first ?? "") ?? 20, Int(arguments.dropFirst(2).first ?? "") ?? 10)
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

let optimizers: [any Optimizer] = [
  SGD(), Momentum(), Nesterov(), RMSProp(), AdaGrad(), Adam(), AdamW(), NAdam(), Lion(), AdaBelief(),
  ScheduleFreeAdamW(), Muon(),
]
let contenders = try optimizers.map { try StudyContender($0) }
let names = contenders.map(\.name)

// 1. Every problem: tune, then train with fresh seeds.
let suite = try StudySuite.builtIn("quick", with: .standard)
var rankings: [(ranking: StudyRanking, objective: ExperimentObjective, hasTarget: Bool)] = []
var gains: [[Double]] = []
for problem in suite.problems {
  var study = try OptimizerStudy(problem, contenders, with: .standard)
  (study.tuningTrials, study.seeds) = (trials, seeds)
  study.jobs = ProcessInfo.processInfo.activeProcessorCount
  let results = try study.run()
  let ranking = try StudyRanking(results, objective: study.objective, target: problem.target)
  rankings.append((ranking, study.objective, problem.target != nil))
  // How much better the best of the first n trials is than the default settings.
  gains += results.map { result in
    let best = result.tuning.indices.map { n in result.tuning[...n].filter(\.isFinite).min() ?? .nan }
    return best.map { result.tuning[0].isFinite ? $0 / result.tuning[0] : .nan }
  }
  let best = ranking.rows[0]
  print("\(problem.name): \(best.name), validation loss \(best.median ?? .nan)")
}

// 2. All problems together: average ranks, and which differences are more than chance.
let result = try SuiteRanking(rankings)
let order = names.indices.sorted { result.scores.averageRanks[$0] < result.scores.averageRanks[$1] }
print("\naverage rank over \(rankings.count) problems, p against the first (Nemenyi, Conover)")
for index in order {
  let (nemenyi, conover) = (result.nemenyi.pValues[order[0]][index], result.conover?.pValues[order[0]][index] ?? .nan)
  print(String(format: "  %5.2f  %.3f  %.3f  ", result.scores.averageRanks[index], nemenyi, conover) + names[index])
}
print(String(format: "Friedman's test: p = %.2g", result.friedman.pValue))

// 3. The pictures.
let circumstances = "\(trials) tuning trials and \(seeds) seeds each"
var differences = CriticalDifferenceDiagram(
  names.indices.map { .init(names[$0], rank: result.scores.averageRanks[$0], style: $0) },
  criticalDifference: result.criticalDifference)
(differences.title, differences.subtitle) = (
  "Average ranks on \(rankings.count) problems", "\(circumstances) · Nemenyi’s test at 5 %"
)
try differences.write(to: folder.appending(path: "critical_difference.png").path)

var ranks = RankHeatMap(problems: suite.problems.map(\.name), methods: names, values: result.scores.rows)
(ranks.title, ranks.subtitle) = ("Ranks by the median validation loss", circumstances)
try ranks.write(to: folder.appending(path: "ranks.png").path)

let budgets = Array(stride(from: 1.0, through: Double(trials), by: 1))
let shares = gains.filter { $0.allSatisfy(\.isFinite) }
var budget = CurveBands([
  .init(
    "best of n", x: budgets, median: try budgets.indices.map { n in try Quantiles.median(shares.map { $0[n] }) },
    low: try budgets.indices.map { n in try Quantiles.quantile(0.25, of: shares.map { $0[n] }) },
    high: try budgets.indices.map { n in try Quantiles.quantile(0.75, of: shares.map { $0[n] }) })
])
(budget.title, budget.subtitle) = ("What tuning brings", "median and quartiles over all problems and optimizers")
(budget.xName, budget.yName) = ("tuning trials", "validation loss, relative to the default settings")
(budget.horizontal, budget.isStepped) = (.wholeNumbers, true)
try budget.write(to: folder.appending(path: "tuning.png").path)

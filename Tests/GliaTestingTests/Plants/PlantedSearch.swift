import GliaCore
import GliaSearch

/// Random search with a given fault.
struct PlantedStrategy: SearchStrategy {
  static let name = "planted_strategy"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  func propose(_ number: Int, of search: SearchContext) -> [Double] {
    var random = search.random(number)
    var point = search.space.dimensions.map { _ in random.uniform() }
    switch fault {
    case "end": point[0] = 1
    case "too many": point.append(0.5)
    case "undefined": point[0] = 0.0 / Double(search.finished.count - search.finished.count)
    case "grows": point[0] = Double(number) / 10
    case "remembers": point[0] = Double(Calls.next().truncatingRemainder(dividingBy: 97)) / 97
    default: break
    }
    return point
  }
}

/// Stops trials that are worse than the worst finished one, with a given fault.
struct PlantedPruner: Pruner {
  static let name = "planted_pruner"
  var fault = ""
  init() {}
  init(_ fault: String) { self.fault = fault }

  var concurrency: Int { fault == "concurrency" ? 0 : 4 }

  func prunes(_ number: Int, after reports: [TrialReport], finished: [FinishedTrial]) -> Bool {
    guard let last = reports.last else { return false }
    let worst = finished.compactMap(\.value).max()
    return switch fault {
    case "reversed": worst.map { last.value < $0 } ?? false
    case "impatient": reports.count > 3
    case "failures": worst.map { last.value > $0 } ?? !finished.isEmpty
    case "remembers": Calls.next().truncatingRemainder(dividingBy: 50) == 0
    default: worst.map { last.value > $0 } ?? false
    }
  }
}

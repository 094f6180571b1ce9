import Foundation
import GliaCore
import Synchronization
import Testing

@testable import GliaSearch

/// Draws the first coordinate at random and moves toward the best point known; depends on everything that it may see.
struct Greedy: SearchStrategy {
  static let name = "greedy"
  var concurrency: Int? = 3
  func propose(_ number: Int, of search: SearchContext) -> [Double] {
    var random = search.random(number)
    let best = search.finished.best?.point ?? [0.5, 0.5]
    let pending = search.pending.map { $0[0] }.reduce(0, +)
    return best.map { min(max(0.9 * $0 + 0.1 * random.uniform() + 0.001 * pending, 0), 1.0.nextDown) }
  }
}

struct Impatient: Pruner {
  static let name = "impatient"
  var concurrency = 5
  func prunes(_ number: Int, after reports: [TrialReport], finished: [FinishedTrial]) -> Bool {
    !finished.isEmpty && reports.count > 1 + finished.count % 4
  }
}

/// A strategy whose second proposal takes until a trial has made two reports, at most 10 seconds.
private struct Waiting: SearchStrategy {
  static let name = "waiting"
  static let reports = Mutex(0)
  func propose(_ number: Int, of search: SearchContext) throws -> [Double] {
    for _ in 0..<10_000 where number == 2 && !isReady { Thread.sleep(forTimeInterval: 0.001) }
    guard number != 2 || isReady else { throw GliaError("no reports during the proposal") }
    return [0.5, 0.5]
  }
  private var isReady: Bool { Self.reports.withLock { $0 >= 2 } }
}

@Suite("Search")
final class SearchTests {
  private let space: SearchSpace
  private let folder: String

  init() throws {
    space = try SearchSpace([SearchDimension(parsing: "x=0..1"), SearchDimension(parsing: "y=int:1..9")])
    folder = NSTemporaryDirectory() + "glia-search-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private static let objective: @Sendable (Trial) throws -> Double = { trial in
    let (x, y) = (trial.values["x"]?.double ?? 0, trial.values["y"]?.double ?? 0)
    if trial.number % 7 == 3 { throw GliaError("bad luck") }
    if trial.number % 11 == 5 { return .nan }
    for step in 1...3 {
      // Later trials are quicker, so that trials end in another order than they start.
      if trial.number % 2 == 1 { Thread.sleep(forTimeInterval: 0.001) }
      try trial.report((x - 0.3) * (x - 0.3) + y / Double(step), step: step)
    }
    return (x - 0.3) * (x - 0.3) + y / 3
  }

  private func search(
    jobs: Int = 1, trials: Int = 40, log: String? = nil, seed: UInt64 = 7,
    objective: @escaping @Sendable (Trial) throws -> Double = SearchTests.objective
  ) throws -> Search {
    try Search(
      space, strategy: Greedy(), trials: trials, seed: seed, pruner: Impatient(), jobs: jobs, log: log,
      objective: objective)
  }

  private func run(jobs: Int, log: String? = nil) throws -> [FinishedTrial] {
    var search = try search(jobs: jobs, log: log)
    return try search.run().map(\.untimed)
  }

  @Test("trials are the same for any number of jobs, and are delivered in order")
  func jobs() throws {
    let alone = try run(jobs: 1)
    #expect(alone.map(\.number) == Array(1...40))
    #expect(Set(alone.map(\.kindOfOutcome)) == ["value", "pruned", "bad luck", "diverged"])
    for jobs in [2, 3, 8] {
      var search = try search(jobs: jobs)
      var numbers: [Int] = []
      let trials = try search.run { numbers.append($0.number) }
      #expect(numbers == Array(1...40))
      #expect(trials.map(\.untimed) == alone)
    }
  }

  @Test("trials report while the strategy computes a proposal", .timeLimit(.minutes(5)))
  func proposals() throws {
    var search = try Search(space, strategy: Waiting(), trials: 3, jobs: 2) { trial in
      for step in 1...3 where trial.number == 1 {
        // The second proposal is under way, and waits for these reports.
        Thread.sleep(forTimeInterval: 0.01)
        try trial.report(0, step: step)
        Waiting.reports.withLock { $0 += 1 }
      }
      return 0
    }
    #expect(try search.run().compactMap(\.value) == [0, 0, 0])
  }

  @Test("no more trials run at the same time than the jobs and the strategy's concurrency", arguments: [1, 2, 8])
  func concurrency(jobs: Int) throws {
    let running = Mutex((now: 0, most: 0))
    var search = try search(jobs: jobs) { _ in
      running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      Thread.sleep(forTimeInterval: 0.002)
      running.withLock { $0.now -= 1 }
      return 1
    }
    try search.run()
    #expect(running.withLock { $0.most } == min(jobs, 3))
  }

  @Test("with one job, the next trial starts only when it is asked for")
  func stepwise() throws {
    let count = Mutex(0)
    var search = try search { _ in
      count.withLock { $0 += 1 }
      return 1
    }
    for number in 1...5 {
      #expect(try search.next()?.number == number)
      Thread.sleep(forTimeInterval: 0.005)
      #expect(count.withLock { $0 } == number)
    }
  }

  @Test("a search resumed from any prefix of its log has the same trials", arguments: [1, 3])
  func resumes(jobs: Int) throws {
    let path = "\(folder)/log.jsonl"
    let expected = try run(jobs: jobs, log: path)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 41)
    for length in [0.1, 0.33, 0.66, 0.97, 1] {
      // A prefix that ends within a line, as if the program had been killed while it wrote.
      let cut = String(text.prefix(max(Int(Double(text.count) * length), 400)))
      try cut.write(toFile: path, atomically: true, encoding: .utf8)
      let complete = cut.split(separator: "\n", omittingEmptySubsequences: false).count - 2
      var search = try search(jobs: jobs, log: path)
      #expect(search.finished.count == complete)
      var repeated = 0
      let trials = try search.run { _ in repeated += 1 }
      #expect(trials.map(\.untimed) == expected && repeated == 40 - complete)
      #expect(try TrialLog(contentsOf: path).trials.map(\.untimed) == expected)
    }
  }

  @Test("a log with a gap is filled")
  func gaps() throws {
    let path = "\(folder)/log.jsonl"
    let expected = try run(jobs: 1, log: path)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let kept = lines.enumerated().filter { ![4, 5, 9].contains($0.offset) && $0.offset < 12 }.map { $0.element + "\n" }
    try (kept.prefix(1) + kept.dropFirst().reversed()).joined().write(
      toFile: path, atomically: true, encoding: .utf8)
    var search = try search(jobs: 2, log: path)
    var numbers: [Int] = []
    #expect(try search.run { numbers.append($0.number) }.map(\.untimed) == expected)
    #expect(numbers == [4, 5, 9] + Array(12...40))
  }

  @Test("an interruption ends the search at once, and its log is resumed without loss")
  func interruption() throws {
    let path = "\(folder)/log.jsonl"
    let expected = try run(jobs: 1)
    let flag = Flag()
    func interrupted() throws -> [Int] {
      var search = try search(jobs: 2, log: path) { trial in
        if trial.number == 12 {
          flag.set()
          while !trial.isAbandoned { Thread.sleep(forTimeInterval: 0.001) }
        }
        return try SearchTests.objective(trial)
      }
      search.isInterrupted = { flag.isSet }
      var numbers: [Int] = []
      while let trial = try search.next() { numbers.append(trial.number) }
      #expect(try search.next() == nil)
      return numbers
    }
    let numbers = try interrupted()
    #expect(numbers == Array(1..<numbers.count + 1) && numbers.count < 12)
    #expect(try run(jobs: 2, log: path) == expected)
  }

  @Test("a log of another search is refused, with the setting that differs")
  func otherLogs() throws {
    let path = "\(folder)/log.jsonl"
    _ = try run(jobs: 1, log: path)
    let seed = #expect(throws: GliaError.self) { _ = try search(log: path, seed: 8) }
    #expect(seed?.what == "the log is of another search: seed was 7, and is 8" && seed?.place == path)
    let strategy = #expect(throws: GliaError.self) {
      _ = try Search(space, strategy: Greedy(concurrency: 2), trials: 3, seed: 7, pruner: Impatient(), log: path) { _ in
        0
      }
    }
    #expect(strategy?.what.contains("strategy.concurrency was 3, and is 2") == true)
    let other = try SearchSpace([SearchDimension(parsing: "x=0..1"), SearchDimension(parsing: "y=int:1..8")])
    let ranges = #expect(throws: GliaError.self) {
      _ = try Search(other, strategy: Greedy(), trials: 3, seed: 7, pruner: Impatient(), log: path) { _ in 0 }
    }
    #expect(ranges?.what.contains(#"space.y was "int:1..9", and is "int:1..8""#) == true)
    let turned = try SearchSpace(space.dimensions.reversed())
    let order = #expect(throws: GliaError.self) {
      _ = try Search(turned, strategy: Greedy(), trials: 3, seed: 7, pruner: Impatient(), log: path) { _ in 0 }
    }
    #expect(order?.what.contains("another order") == true)
  }

  @Test(
    "a damaged log is an error that names the line",
    arguments: [
      ("", ""), ("{}\n", ":1"), ("x\n", ":1"), ("HEAD{\"trial\":1}\n", ":2"), ("HEADx\n", ":2"),
      (#"HEAD{"trial":1,"values":{"x":0.5,"y":3},"value":1,"pruned":true}"# + "\n", ":2"),
      (#"HEAD{"trial":1,"values":{"x":0.5},"value":1}"# + "\n", ":2"),
      (#"HEAD{"trial":1,"values":{"x":0.5,"y":10},"value":1}"# + "\n", ":2"),
      (#"HEAD{"trial":0,"values":{"x":0.5,"y":3},"value":1}"# + "\n", ":2"),
      (#"HEAD{"trial":1,"values":{"x":0.5,"y":3},"value":1,"reports":[1]}"# + "\n", ":2"),
      ("HEADTRIALTRIAL", ":3"),
    ])
  func damage(_ text: String, _ place: String) throws {
    let path = "\(folder)/log.jsonl"
    let head = try TrialLog.settings(space: space, strategy: Greedy(), pruner: Impatient(), seed: 7).compact + "\n"
    let trial = #"{"trial":1,"values":{"x":0.5,"y":3},"value":1}"# + "\n"
    let content = text.replacingOccurrences(of: "HEAD", with: head).replacingOccurrences(of: "TRIAL", with: trial)
    try content.write(toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: GliaError.self) { _ = try search(log: path) }
    #expect(error?.place?.hasPrefix(path + place) == true, "\(error as Any)")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
  }

  @Test("mistakes are errors: no end, no trials, no jobs, bad proposals, steps that fall")
  func mistakes() throws {
    #expect(throws: GliaError.self) { _ = try Search(space, strategy: Greedy()) { _ in 0 } }
    #expect(throws: GliaError.self) { _ = try search(trials: 0) }
    #expect(throws: GliaError.self) { _ = try search(jobs: 0) }
    struct Wrong: SearchStrategy {
      static let name = "wrong"
      func propose(_ number: Int, of search: SearchContext) -> [Double] { [1, 0] }
    }
    var wrong = try Search(space, strategy: Wrong(), trials: 2) { _ in 0 }
    #expect(throws: GliaError.self) { try wrong.next() }
    #expect(throws: GliaError.self) { try wrong.next() }
    var falling = try search(trials: 1) { trial in
      try trial.report(1, step: 2)
      try trial.report(1, step: 2)
      return 0
    }
    #expect(try falling.next()?.outcome == .failed("trial 1 reported step 2 after step 2"))
    #expect(falling.best == nil)
    var unwritable = try search(log: "\(folder)/log.jsonl")
    try FileManager.default.removeItem(atPath: folder)
    #expect(throws: GliaError.self) { try unwritable.next() }
  }
}

/// A flag that several threads may use.
final class Flag: Sendable {
  private let value = Mutex(false)
  var isSet: Bool { value.withLock { $0 } }
  func set() { value.withLock { $0 = true } }
}

extension FinishedTrial {
  /// The trial without its duration.
  fileprivate var untimed: FinishedTrial {
    FinishedTrial(number: number, values: values, point: point, outcome: outcome, reports: reports)
  }

  fileprivate var kindOfOutcome: String {
    switch outcome {
    case .value: "value"
    case .pruned: "pruned"
    case .failed(let reason): reason
    }
  }
}

import Foundation
import GliaCore

/// Runs independent tasks on several threads, and takes their results in order.
enum Jobs {
  /// Runs the tasks 0 ..< `count`, at most `jobs` at a time.
  ///
  /// - Parameters:
  ///   - body: a task; called on other threads unless `jobs` is 1.
  ///   - ended: takes the result of each task, in order, on the calling thread.
  /// - Throws: the error of the first task, in order, that throws one, or that of `ended`, when no task runs any more.
  static func run<Result: Sendable>(
    _ count: Int, jobs: Int, _ body: @escaping @Sendable (Int) throws -> Result, ended: (Int, Result) throws -> Void
  ) throws {
    guard jobs > 1, count > 1 else {
      for task in 0..<count { try ended(task, body(task)) }
      return
    }
    let results = TaskResults<Result>(count)
    let threads = min(jobs, count)
    for _ in 0..<threads {
      let thread = Thread { results.work(body) }
      // Deeply nested layers need more than the usual half a megabyte of secondary threads.
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { results.finish(threads) }
    for task in 0..<count { try ended(task, results.wait(for: task).get()) }
  }
}

/// The results of tasks, shared by the threads that run them.
private final class TaskResults<Value: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let count: Int
  private var next = 0
  private var finishedThreads = 0
  private var results: [Int: Result<Value, any Error>] = [:]

  init(_ count: Int) { self.count = count }

  /// Runs tasks until there are no more.
  func work(_ body: (Int) throws -> Value) {
    while let task = take() {
      let result = Result { try body(task) }
      locked { results[task] = result }
    }
    locked { finishedThreads += 1 }
  }

  private func take() -> Int? {
    locked {
      guard next < count else { return nil }
      defer { next += 1 }
      return next
    }
  }

  /// Waits for the result of a task.
  func wait(for task: Int) -> Result<Value, any Error> {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let result = results.removeValue(forKey: task) { return result }
      condition.wait()
    }
  }

  /// Starts no further tasks, and waits for those that run.
  func finish(_ threads: Int) {
    condition.lock()
    defer { condition.unlock() }
    next = count
    while finishedThreads < threads { condition.wait() }
  }

  private func locked<T>(_ body: () -> T) -> T {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return body()
  }
}

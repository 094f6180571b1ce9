import GliaCore
import Synchronization

/// Shows training progress on standard error: a bar on a terminal, otherwise a few plain lines.
final class ProgressDisplay: Sendable {
  private let title: String
  private let epochs: Int
  private let stepsPerEpoch: Int
  private let units: [String: String]
  private let state: Mutex<State>
  private let clock = ContinuousClock()
  private let isTerminal = Console.isTerminal
  private let hasColors = Console.hasColors

  private struct State {
    let start: ContinuousClock.Instant
    let firstEpoch: Int
    var drawn: ContinuousClock.Instant
    var epoch: Epoch?
    var steps = 0
  }

  /// The approximate number of plain lines for a training run.
  private static let lines = 15
  private static let drawingInterval = Duration.milliseconds(50)
  /// The maximum time between plain lines during long epochs.
  private static let silence = Duration.seconds(30)

  /// Creates the display for training that starts after `done` epochs.
  init(_ preparation: Preparation, done: Int) {
    let training = preparation.experiment.training
    title = preparation.experiment.name.excerpt
    epochs = training.epochs
    stepsPerEpoch = max((preparation.training.count - 1) / training.batchSize + 1, 1)
    units = Dictionary((training.metrics ?? []).map { (type(of: $0).name, $0.unit) }) { first, _ in first }
    let now = clock.now
    state = Mutex(State(start: now, firstEpoch: done, drawn: now - Self.silence))
  }

  /// Updates the display after a step.
  func stepEnded() {
    state.withLock { state in
      state.steps += 1
      if isTerminal { drawIfDue(&state) }
    }
  }

  /// Updates the display after an epoch.
  func epochEnded(_ epoch: Epoch) {
    state.withLock { state in
      state.epoch = epoch
      state.steps = 0
      if isTerminal { return drawIfDue(&state, always: epoch.number == epochs) }
      let every = max(epochs / Self.lines, 1)
      let now = clock.now
      let isFirst = epoch.number == state.firstEpoch + 1
      guard isFirst || epoch.number % every == 0 || epoch.number == epochs || now - state.drawn > Self.silence else {
        return
      }
      state.drawn = now
      Console.note(plainLine(epoch, state))
    }
  }

  /// Shows the final state and ends the line.
  func end() {
    guard isTerminal else { return }
    state.withLock { drawIfDue(&$0, always: true) }
    Console.show("\n")
  }

  private func drawIfDue(_ state: inout State, always: Bool = false) {
    let now = clock.now
    guard always || now - state.drawn >= Self.drawingInterval else { return }
    state.drawn = now
    Console.show("\r" + bar(state) + "\u{1B}[K")
  }

  private func plainLine(_ epoch: Epoch, _ state: State) -> String {
    let number = "\(epoch.number)"
    let padding = String(repeating: " ", count: max("\(epochs)".count - number.count, 0))
    let words = ["epoch \(padding)\(number)/\(epochs)"] + values(epoch) + [timeLeft(state)]
    return words.compactMap { $0 }.joined(separator: "  ")
  }

  /// The values of an epoch, the most important ones first.
  private func values(_ epoch: Epoch) -> [String] {
    func words(_ evaluation: Evaluation, _ prefix: String) -> [String] {
      ["\(prefix)loss \(evaluation.loss.brief)"]
        + evaluation.metrics.map { "\(prefix)\($0.name) \($0.value.brief(unit: units[$0.name] ?? ""))" }
    }
    return words(epoch.training, "") + (epoch.validation.map { words($0, "validation ") } ?? [])
  }

  private func done(_ state: State) -> Double {
    Double(state.epoch?.number ?? state.firstEpoch) + Double(min(state.steps, stepsPerEpoch)) / Double(stepsPerEpoch)
  }

  private func timeLeft(_ state: State) -> String? {
    let elapsed = (clock.now - state.start) / .seconds(1)
    let passed = done(state) - Double(state.firstEpoch)
    guard passed > 0, done(state) < Double(epochs) else { return nil }
    return "\((elapsed / passed * (Double(epochs) - done(state))).asDuration) left"
  }

  private func bar(_ state: State) -> String {
    let columns = Console.columns - 1
    let ends = [title.isEmpty ? nil : String(title.prefix(20)), "\(state.epoch?.number ?? state.firstEpoch)/\(epochs)"]
      .compactMap { $0 }
    var words = state.epoch.map(values) ?? []
    let time = timeLeft(state)
    func width() -> Int { (ends + words + [time].compactMap { $0 }).reduce(0) { $0 + $1.count + 2 } }
    // A fixed length keeps the bar from jumping.
    let wanted = columns < 100 ? 16 : 28
    while !words.isEmpty, width() + wanted > columns { words.removeLast() }
    let length = min(max(columns - width(), 0), wanted)
    let full = min(Int(Double(length) * done(state) / Double(epochs)), length)
    let parts = [
      colored("36", String(repeating: "━", count: full)), colored("2", String(repeating: "─", count: length - full)),
    ]
    return (ends.dropLast() + [parts.joined()] + ends.suffix(1) + words + [time].compactMap { $0 })
      .joined(separator: "  ")
  }

  private func colored(_ code: String, _ text: String) -> String {
    hasColors && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

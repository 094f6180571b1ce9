import GliaCore

/// A setting of a search with its value in every trial.
///
/// ```swift
/// let rate = StudySetting("learning_rate", [0.01, 0.003, 0.2])
/// let momentum = StudySetting("momentum", [nil, 0.9, 0.5])
/// let optimizer = StudySetting("optimizer", categories: ["adam", "sgd", "sgd"])
/// ```
public struct StudySetting: Hashable, Sendable {
  /// The values of a setting in the order of the trials.
  public enum Values: Hashable, Sendable {
    /// Numbers; `nil` in trials without the setting.
    case numbers([Double?])
    /// Names of choices; `nil` in trials without the setting.
    case categories([String?])
  }

  /// The name of the setting.
  public var name: String
  /// The values in the order of the trials.
  public var values: Values
  /// The kind of the axis of numbers; if `nil`, it is logarithmic if that spreads them more evenly.
  public var scale: Scale.Kind?

  /// Creates a setting with numbers.
  public init(_ name: String, _ numbers: [Double?], scale: Scale.Kind? = nil) {
    (self.name, values, self.scale) = (name, .numbers(numbers), scale)
  }

  /// Creates a setting with choices.
  public init(_ name: String, categories: [String?]) { (self.name, values) = (name, .categories(categories)) }

  /// The number of trials.
  public var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .categories(let names): names.count
    }
  }
}

/// The axis of a setting.
struct SettingAxis {
  let axis: Axis
  /// The choices in the order of their first trials; empty for numbers.
  let categories: [String]
  /// The place of every trial on the axis; `nil` without a value that can be drawn.
  let places: [Double?]

  init(_ setting: StudySetting) {
    switch setting.values {
    case .numbers(let numbers):
      let finite = numbers.compactMap(\.self).filter(\.isFinite)
      let kind = setting.scale ?? .suiting(finite)
      let scale = Scale.spanning(finite, kind, padding: 0.03)
      let isWhole = kind == .linear && finite.allSatisfy { $0 == $0.rounded() }
      let ticks = finite.isEmpty ? Ticks(values: [], labels: []) : isWhole ? Ticks(wholeNumbersOf: scale) : Ticks(scale)
      axis = Axis(scale, name: setting.name, ticks: ticks)
      places = numbers.map { $0.flatMap { scale.contains($0) ? $0 : nil } }
      categories = []
    case .categories(let names):
      var order: [String: Int] = [:]
      var distinct: [String] = []
      for name in names.compactMap(\.self) where order[name] == nil {
        order[name] = distinct.count
        distinct.append(name)
      }
      let scale = Scale(from: -0.5, to: max(Double(distinct.count), 1) - 0.5)
      axis = Axis(
        scale, name: setting.name, ticks: Ticks(values: distinct.indices.map(Double.init), labels: distinct))
      places = names.map { $0.flatMap { order[$0] }.map(Double.init) }
      categories = distinct
    }
  }

  var isCategory: Bool { !categories.isEmpty }
}

extension StudySetting {
  /// Returns the axis of the objective of a search with these settings.
  ///
  /// Throws an error when there are no settings, when one has not a value for every trial, or when no objective is finite.
  static func objectiveScale(
    _ settings: [StudySetting], _ objective: [Double], isMaximized: Bool
  ) throws -> ObjectiveScale {
    guard !settings.isEmpty else {
      throw GliaError("there are no settings to draw", at: "settings", expected: "at least one")
    }
    for setting in settings where setting.count != objective.count {
      throw GliaError(
        "\(setting.count) values for \(objective.count) trials", at: setting.name, expected: "one value for each trial",
        remedy: "use nil in trials without the setting")
    }
    guard let scale = ObjectiveScale(objective, isMaximized: isMaximized) else {
      throw GliaError(
        objective.isEmpty ? "there are no trials to draw" : "none of the \(objective.count) objectives is finite",
        at: "objective", expected: "a finite objective of at least one trial")
    }
    return scale
  }

  /// Returns the number of trials and the best objective, for a subtitle.
  static func summary(_ objective: [Double], isMaximized: Bool) -> String {
    let failed = objective.count { !$0.isFinite }
    let best = ObjectiveScale.best(objective, isMaximized: isMaximized).map {
      "best \(NumberText.short(objective[$0])) in trial \(NumberText.grouped($0 + 1))"
    }
    return [NumberText.count(objective.count, "trial"), failed > 0 ? "\(failed) failed" : "", best ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }
}

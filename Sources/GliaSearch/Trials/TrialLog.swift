import Foundation
import GliaCore

/// The trials of a search in a file, from which it can be resumed: a line with the settings of the search, and a line of JSON
/// for each trial in the order in which they ended.
///
/// Every line is on the disk before the search continues. A last line that is incomplete, because the program was killed while
/// it wrote, is ignored.
public struct TrialLog: Sendable {
  /// The settings of the search.
  public let settings: JSON
  /// The search space.
  public let space: SearchSpace
  /// The finished trials, in order of their numbers.
  public let trials: [FinishedTrial]
  /// The complete lines.
  let lines: [String]

  private static let format = "glia_search"

  /// Reads the file at `path`.
  ///
  /// - Throws: `GliaError` with the number of the line that is wrong; of the category `missingInput` if there is no file.
  public init(contentsOf path: String) throws {
    let text = String(decoding: try FileReader.bytes(of: path, limit: 1 << 30), as: UTF8.self)
    let place = path.visible(limit: 4096)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    guard let first = lines.first else {
      throw GliaError(
        "the log of a search has no first line", at: place, expected: "the settings of a search",
        remedy: "remove the file")
    }
    settings = try JSON(parsing: first, name: "\(place):1")
    guard settings[Self.format]?.int == 1 else {
      throw GliaError(
        "this is not the log of a search", at: "\(place):1", expected: #"an object with "\#(Self.format)": 1"#)
    }
    let written = settings["space"] ?? .null
    let space = try GliaError.locating("\(place):1") { try SearchSpace(from: written, at: "space") }
    var seen: Set<Int> = []
    trials = try lines.enumerated().dropFirst().map { index, line in
      let place = "\(place):\(index + 1)"
      let trial = try GliaError.locating(place) {
        try FinishedTrial(from: JSON(parsing: line, name: "trial"), in: space)
      }
      guard seen.insert(trial.number).inserted else {
        throw GliaError("trial \(trial.number) occurs twice", at: place, expected: "every trial once")
      }
      return trial
    }.sorted { $0.number < $1.number }
    self.space = space
  }

  /// Returns the settings of a search.
  static func settings(
    space: SearchSpace, strategy: any SearchStrategy, pruner: (any Pruner)?, seed: UInt64, _ subject: JSON = .null
  ) throws -> JSON {
    [
      format: 1, "space": space.json, "strategy": try JSON(part: strategy),
      "pruner": try pruner.map { try JSON(part: $0) } ?? .null, "seed": JSON(seed), "subject": subject,
    ]
  }

  /// Returns the log of an earlier run of the search with these settings; nil if there is no file.
  static func earlier(at path: String, _ settings: JSON) throws -> TrialLog? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let log = try TrialLog(contentsOf: path)
    try log.check(settings, at: path)
    return log
  }

  /// Throws unless the log is that of a search with these settings.
  private func check(_ expected: JSON, at path: String) throws {
    let place = path.visible(limit: 4096)
    let remedy = "use the same settings, or another folder"
    if let change = settings.differences(from: expected, at: "").first {
      throw GliaError(
        "the log is of another search: \(change.path) was \(change.old), and is \(change.new)", at: place,
        expected: "the log of this search", remedy: remedy)
    }
    // Objects are equal whatever the order of their members.
    guard settings["space"]?.object?.keys == expected["space"]?.object?.keys else {
      throw GliaError(
        "the log is of another search: its settings are listed in another order", at: place,
        expected: "the log of this search", remedy: remedy)
    }
  }
}

extension FinishedTrial {
  /// The trial as JSON: a line of a log.
  public var json: JSON {
    var members: JSON.Object = ["trial": JSON(number), "values": .object(values)]
    switch outcome {
    case .value(let value): members["value"] = JSON(value)
    case .pruned: members["pruned"] = true
    case .failed(let reason): members["failed"] = .string(reason)
    }
    if !reports.isEmpty {
      members["reports"] = .array(reports.map { [JSON($0.step), JSON($0.value, orElse: .string("\($0.value)"))] })
    }
    members["seconds"] = JSON((seconds * 1000).rounded() / 1000)
    return .object(members)
  }

  /// Creates a trial from JSON.
  init(from json: JSON, in space: SearchSpace) throws {
    guard let number = json["trial"]?.int, number >= 1, let values = json["values"]?.object else {
      throw GliaError("this is not a trial", expected: #"an object with "trial", "values" and "value""#)
    }
    let outcome: Outcome
    switch (json["value"]?.double, json["pruned"]?.bool, json["failed"]?.string) {
    case (let value?, nil, nil): outcome = .value(value)
    case (nil, true, nil): outcome = .pruned
    case (nil, nil, let reason?): outcome = .failed(reason)
    default:
      throw GliaError("trial \(number) has no outcome", expected: #"one of "value", "pruned": true and "failed""#)
    }
    let reports = try (json["reports"]?.array ?? []).map { report in
      guard let step = report[0]?.int, let value = report[1]?.double ?? report[1]?.string.flatMap(Double.init) else {
        throw GliaError("a report of trial \(number) is \(report.compact.excerpt)", expected: "a step and a value")
      }
      return TrialReport(step: step, value: value)
    }
    self.init(
      number: number, values: values, point: try GliaError.locating("values") { try space.point(of: values) },
      outcome: outcome, reports: reports, seconds: json["seconds"]?.double ?? 0)
  }
}

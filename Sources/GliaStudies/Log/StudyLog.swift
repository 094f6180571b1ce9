import Foundation
import GliaCore
import Synchronization

/// The measurements of a study or a curve in a file, so that one that was interrupted need not repeat them.
///
/// A measurement has the same result whenever it is made, because everything that it depends on is in its description: the
/// settings, and the seed. So a study that is continued simply begins again; what is in the log is not measured a second time, and
/// the result is that of an uninterrupted study. More seeds, trials or contenders than before only add measurements.
///
/// The first line says what is measured, and each further one is a measurement. A last line that is incomplete, because the program
/// was killed while it wrote, is ignored.
public final class StudyLog: Sendable {
  /// The number of measurements that the file had.
  public let earlier: Int
  private let file: TextLog
  private let results: Mutex<[String: JSON]>

  private static let format = "glia_study"
  private static let end: JSON = ["finished": true]

  /// Creates a log, or continues that of an interrupted study.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - subject: what all measurements have in common, such as the experiment.
  ///   - continues: whether the measurements of the file are used; if not, it is replaced.
  /// - Throws: `GliaError` for the log of another study, and for a line that is wrong.
  public init(path: String, of subject: JSON, continues: Bool) throws {
    let first: JSON = .object([Self.format: 1, "subject": subject])
    let lines = continues ? try Self.lines(at: path) : []
    if let written = lines.first { try Self.check(written.json, is: first, at: path) }
    var results: [String: JSON] = [:]
    var kept = [first.compact]
    for (number, line) in lines.enumerated().dropFirst() where line.json != Self.end {
      guard let question = line.json["of"], let result = line.json["is"] else {
        throw GliaError(
          "this is not a measurement", at: "\(path.visible(limit: 4096)):\(number + 1)",
          expected: #"an object with "of" and "is""#)
      }
      results[question.compact] = result
      kept.append(line.text)
    }
    earlier = results.count
    self.results = Mutex(results)
    file = try TextLog(path: path, beginning: kept.map { $0 + "\n" }.joined())
  }

  /// Whether the file is the log of a study that has measurements but was not finished.
  public static func isUnfinished(at path: String) -> Bool {
    guard FileManager.default.fileExists(atPath: path), let lines = try? lines(at: path) else { return false }
    return lines.count > 1 && lines.last?.json != end
  }

  /// Notes that the study is complete.
  public func finish() throws { try file.append(Self.end.compact + "\n") }

  /// Returns the result of a measurement, which is made and written down unless it is in the log.
  ///
  /// - Parameters:
  ///   - question: what is measured.
  ///   - decode: returns the result for its JSON form.
  ///   - encode: returns the JSON form of a result.
  ///   - measure: makes the measurement.
  func result<Value>(
    of question: JSON.Object, decode: (JSON) throws -> Value, encode: (Value) -> JSON, _ measure: () throws -> Value
  ) throws -> Value {
    let question = JSON.object(question)
    if let known = results.withLock({ $0[question.compact] }) {
      return try GliaError.locating(file.path.visible(limit: 4096)) { try decode(known) }
    }
    let value = try measure()
    let result = encode(value)
    try results.withLock { results in
      try file.append(JSON.object(["of": question, "is": result]).compact + "\n")
      results[question.compact] = result
    }
    return value
  }

  /// The complete lines of a file.
  private static func lines(at path: String) throws -> [(text: String, json: JSON)] {
    let text = String(decoding: try FileReader.bytes(of: path, limit: 1 << 32), as: UTF8.self)
    return try text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated().map {
      index, line in
      (String(line), try JSON(parsing: String(line), name: "\(path.visible(limit: 4096)):\(index + 1)"))
    }
  }

  private static func check(_ written: JSON, is expected: JSON, at path: String) throws {
    let place = path.visible(limit: 4096)
    guard written[format]?.int == 1, let old = written["subject"], let new = expected["subject"] else {
      throw GliaError(
        "this is not the log of a study", at: "\(place):1", expected: #"an object with "\#(format)": 1"#)
    }
    guard let change = old.differences(from: new, at: "").first else { return }
    throw GliaError(
      "the log is of another study: \(change.path) was \(change.old), and is \(change.new)", at: place,
      expected: "the log of this one", remedy: "use the same experiment and settings, or another folder")
  }
}

extension StudyLog? {
  /// Returns the result of a measurement, from the log if there is one and it has it.
  func result<Value>(
    of question: @autoclosure () throws -> JSON.Object, decode: (JSON) throws -> Value, encode: (Value) -> JSON,
    _ measure: () throws -> Value
  ) throws -> Value {
    guard let log = self else { return try measure() }
    return try log.result(of: question(), decode: decode, encode: encode, measure)
  }

  /// Returns a number that was measured.
  func number(of question: @autoclosure () throws -> JSON.Object, _ measure: () throws -> Double) throws -> Double {
    try result(of: question(), decode: { try Double(logged: $0) }, encode: \.logged, measure)
  }
}

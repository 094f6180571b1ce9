import Foundation
import Testing

/// A call of the tool with the message and the exit status that it must end in, as written in a file of `ErrorMessages`:
///
/// ```
/// > table.csv
/// | a,b
/// | 1,x
/// $ train table.csv
/// error: a CSV file is not an experiment
///   where:    table.csv
/// [65]
/// ```
///
/// Lines with `>` and `|` write a file first. An argument with spaces stands in single quotes, and `FOLDER` is the folder.
struct ErrorCase: CustomTestStringConvertible, Sendable {
  var files: [(name: String, lines: [String])] = []
  var command = ""
  var message: [String] = []
  var status: Int32 = 0

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("ErrorMessages")

  /// Reads all cases about a topic.
  static func all(about topic: String) throws -> [ErrorCase] {
    let text = try String(contentsOf: folder.appendingPathComponent("\(topic).txt"), encoding: .utf8)
    var cases: [ErrorCase] = []
    var next = ErrorCase()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("> ") {
        next.files.append((String(line.dropFirst(2)), []))
      } else if line.hasPrefix("| "), next.command.isEmpty, !next.files.isEmpty {
        next.files[next.files.count - 1].lines.append(String(line.dropFirst(2)))
      } else if line.hasPrefix("$ ") {
        next.command = String(line.dropFirst(2))
      } else if line.hasPrefix("["), line.hasSuffix("]"), let status = Int32(line.dropFirst().dropLast()) {
        next.status = status
        cases.append(next)
        next = ErrorCase()
      } else if !next.command.isEmpty {
        next.message.append(line)
      }
    }
    try #require(next.command.isEmpty && next.files.isEmpty, "the last case of \(topic) has no status")
    return cases
  }

  /// The arguments of the command: quotes keep the spaces between them.
  var arguments: [String] {
    var arguments: [String] = []
    var current: String?
    var isQuoted = false
    for character in command {
      switch character {
      case "'": (isQuoted, current) = (!isQuoted, current ?? "")
      case " " where !isQuoted:
        if let argument = current { arguments.append(argument) }
        current = nil
      default: current = (current ?? "") + String(character)
      }
    }
    return arguments + [current].compactMap(\.self)
  }

  var testDescription: String { String(command.prefix(100)) }
}

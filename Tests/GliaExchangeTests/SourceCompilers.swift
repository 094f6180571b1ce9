import Foundation
import Glia
import Testing

@testable import GliaExchange

/// Programs of exported models, compiled and run.
enum SourceCompilers {
  static let c = find("cc")
  static let swift = find("swiftc")

  private static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Runs a program and returns what it writes.
  static func run(_ program: String, _ arguments: [String], in folder: URL) throws -> String {
    let process = Process()
    let output = folder.appending(path: "output.txt")
    try Data().write(to: output)
    let file = try FileHandle(forWritingTo: output)
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    (process.standardOutput, process.standardError) = (file, file)
    try process.run()
    process.waitUntilExit()
    try file.close()
    let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    guard process.terminationStatus == 0 else { throw Failure(description: "\(program): \(text.prefix(4000))") }
    return text
  }

  /// Runs `body` with a folder that is removed afterwards.
  static func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "glia-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static func lines(_ text: String) -> [[Float]] {
    text.split(separator: "\n").map { $0.split(separator: " ").map { Float($0) ?? .nan } }
  }

  /// Returns the samples of a case as rows of literals.
  private static func rows(_ test: ExportModel, _ language: some SourceLanguage, _ element: SymbolicElement)
    -> [[String]]
  {
    let width = test.model.featureCount
    return (0..<test.samples.rows).map { row in
      (0..<width).map { language.number(Double(test.samples.values[row * width + $0]), element) }
    }
  }

  static let strict = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]

  /// Returns the outputs of all samples of each case, computed by one program in C.
  static func outputsInC(_ cases: [ExportModel]) throws -> [[[Float]]] {
    try withFolder { folder in
      var main = "#include <stdio.h>\n"
      for (index, test) in cases.enumerated() {
        try Data(test.model.cSource(name: "m\(index)").utf8).write(to: folder.appending(path: "m\(index).c"))
        let element: SymbolicElement = test.model.preprocessing.isEmpty ? .float : .double
        let language = CLanguage(prefix: "")
        let rows = rows(test, language, element).map { "{ \($0.joined(separator: ", ")) }" }
        main += """
          #include "m\(index).c"
          static void run\(index)(void)
          {
              static const \(element.rawValue) x[][M\(index)_FEATURES] = { \(rows.joined(separator: ",\n")) };
              float y[M\(index)_OUTPUTS];
              for (int i = 0; i < \(rows.count); i++) {
                  m\(index)_run(x[i], y);
                  for (int j = 0; j < M\(index)_OUTPUTS; j++) printf("%.9g ", (double)y[j]);
                  printf("\\n");
              }
          }

          """
      }
      main += "int main(void)\n{\n\(cases.indices.map { "    run\($0)();\n" }.joined())    return 0;\n}\n"
      try Data(main.utf8).write(to: folder.appending(path: "main.c"))
      _ = try run(c ?? "", strict + ["main.c", "-o", "main", "-lm"], in: folder)
      return grouped(lines(try run(folder.appending(path: "main").path, [], in: folder)), cases)
    }
  }

  /// Returns the outputs of all samples of each case, computed by one program in Swift.
  static func outputsInSwift(_ cases: [ExportModel]) throws -> [[[Float]]] {
    try withFolder { folder in
      var main = "func show(_ y: [Float]?) { print((y ?? []).map { \"\\($0)\" }.joined(separator: \" \")) }\n"
      for (index, test) in cases.enumerated() {
        try Data(test.model.swiftSource(name: "M\(index)").utf8).write(to: folder.appending(path: "M\(index).swift"))
        let element: SymbolicElement = test.model.preprocessing.isEmpty ? .float : .double
        let language = SwiftLanguage()
        let rows = rows(test, language, element).map { "[\($0.joined(separator: ", "))]" }
        main += "let x\(index): [[\(language.type(element))]] = [\n\(rows.joined(separator: ",\n"))\n]\n"
        main += "for x in x\(index) { show(M\(index).outputs(x)) }\n"
      }
      try Data(main.utf8).write(to: folder.appending(path: "main.swift"))
      let files = ["main.swift"] + cases.indices.map { "M\($0).swift" }
      _ = try run(
        swift ?? "", ["-swift-version", "6", "-warnings-as-errors", "-Onone", "-wmo"] + files + ["-o", "main"],
        in: folder)
      return grouped(lines(try run(folder.appending(path: "main").path, [], in: folder)), cases)
    }
  }

  private static func grouped(_ rows: [[Float]], _ cases: [ExportModel]) -> [[[Float]]] {
    var rest = rows[...]
    return cases.map { test in
      defer { rest = rest.dropFirst(test.samples.rows) }
      return Array(rest.prefix(test.samples.rows))
    }
  }
}

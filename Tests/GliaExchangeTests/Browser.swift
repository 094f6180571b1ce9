import Foundation
import Testing

/// A browser without a window, if one is installed.
enum Browser {
  /// The path of Chromium or Chrome; nil if there is none.
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome"].lazy
      .flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Opens a page with `hook` at its end, and returns the JSON that it writes between BEGIN and END.
  static func result(of page: String, _ hook: String) throws -> [String: Any] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("glia-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (file, out) = (folder.appendingPathComponent("page.html"), folder.appendingPathComponent("out.html"))
    try Data(page.replacingOccurrences(of: "</body>", with: hook + "</body>").utf8).write(to: file)
    try Data().write(to: out)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
      "--virtual-time-budget=2000", "--screenshot=\(folder.path)/page.png", "--dump-dom", file.absoluteString,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let number = process.processIdentifier
    let watchdog = DispatchWorkItem { kill(number, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 120, execute: watchdog)
    process.waitUntilExit()
    watchdog.cancel()
    let text = String(decoding: try Data(contentsOf: out), as: UTF8.self)
    // The hook itself contains both words once.
    let begin = try #require(text.range(of: "BEGIN{"), "no result; status \(process.terminationStatus)")
    let end = try #require(text.range(of: "}END", range: begin.upperBound..<text.endIndex))
    let json = "{" + text[begin.upperBound..<end.lowerBound] + "}"
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{A0}"), ("&amp;", "&")].reduce(json) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
    return try #require(JSONSerialization.jsonObject(with: Data(plain.utf8)) as? [String: Any])
  }
}

import Foundation
import GliaCore
import SystemPackage

/// The reader of standard output has closed the pipe.
struct ClosedPipe: Error {}

/// Standard output for results, standard error for everything else.
///
/// Control characters in text are made visible, so that names from a file cannot affect the terminal.
enum Console {
  /// Writes a result as text to standard output.
  static func write(_ text: String) throws {
    try Array(text.printable.utf8).withUnsafeBytes { try write($0) }
  }

  /// Writes data to standard output unchanged; on a terminal, control characters are made visible.
  static func write(data bytes: UnsafeRawBufferPointer) throws {
    guard isatty(STDOUT_FILENO) == 1 else { return try write(bytes) }
    try write(String(decoding: bytes, as: UTF8.self))
  }

  /// Writes bytes to standard output; throws ``ClosedPipe``, or a `GliaError` of the category `output`.
  private static func write(_ bytes: UnsafeRawBufferPointer) throws {
    do { try FileDescriptor.standardOutput.writeAll(bytes) } catch Errno.brokenPipe { throw ClosedPipe() } catch {
      throw GliaError(
        "cannot write to standard output: \(error)", remedy: "check where it is redirected to", category: .output)
    }
  }

  /// Writes a line to standard error, ignoring failures.
  static func note(_ line: String) { show(line.printable + "\n") }

  /// Prints why an optional result was omitted.
  static func noteOmission(of name: String, _ reason: any Error) {
    guard let error = reason as? GliaError else { return note("note: \(name) omitted: \(reason)") }
    note("note: \(name) omitted: \(error.what)" + (error.place.map { " (\($0))" } ?? ""))
  }

  /// Writes unchanged text to standard error, ignoring failures.
  static func show(_ text: String) { _ = try? FileDescriptor.standardError.writeAll(text.utf8) }

  /// Whether standard error is a terminal on which a line can be redrawn.
  static var isTerminal: Bool {
    isatty(STDERR_FILENO) == 1
      && ProcessInfo.processInfo.environment["TERM"].map { $0 != "dumb" && !$0.isEmpty } ?? false
  }

  /// Whether to use colors (https://no-color.org).
  static var hasColors: Bool {
    isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// The width of the terminal of standard error, in columns.
  static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

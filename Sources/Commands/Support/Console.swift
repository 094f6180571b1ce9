import Foundation
import GliaCore
import SystemPackage

/// Whoever read standard output has left.
struct ClosedPipe: Error {}

/// Standard output for results, standard error for everything else.
///
/// Text for people goes through here with control characters made visible, so that no name of a file's acts on a terminal.
enum Console {
  /// Writes a result for people to standard output.
  static func write(_ text: String) throws {
    try Array(text.printable.utf8).withUnsafeBytes { try write($0) }
  }

  /// Writes data for programs to standard output, as they are; made visible on a terminal.
  static func write(data bytes: UnsafeRawBufferPointer) throws {
    guard isatty(STDOUT_FILENO) == 1 else { return try write(bytes) }
    try write(String(decoding: bytes, as: UTF8.self))
  }

  /// Writes bytes to standard output; throws ``ClosedPipe`` or a `GliaError` of the category `output`.
  private static func write(_ bytes: UnsafeRawBufferPointer) throws {
    do { try FileDescriptor.standardOutput.writeAll(bytes) } catch Errno.brokenPipe { throw ClosedPipe() } catch {
      throw GliaError(
        "standard output cannot be written: \(error)", remedy: "check where it leads", category: .output)
    }
  }

  /// Writes a line to standard error, whatever becomes of it.
  static func note(_ line: String) { show(line.printable + "\n") }

  /// Says why something that was not asked for by itself is left out.
  static func noteOmission(of name: String, _ reason: any Error) {
    guard let error = reason as? GliaError else { return note("note: \(name) left out: \(reason)") }
    note("note: \(name) left out: \(error.what)" + (error.place.map { " (\($0))" } ?? ""))
  }

  /// Writes to standard error as it is, whatever becomes of it.
  static func show(_ text: String) { _ = try? FileDescriptor.standardError.writeAll(text.utf8) }

  /// Whether standard error is a terminal on which a line can be drawn anew.
  static var isTerminal: Bool {
    isatty(STDERR_FILENO) == 1
      && ProcessInfo.processInfo.environment["TERM"].map { $0 != "dumb" && !$0.isEmpty } ?? false
  }

  /// Whether colours are wanted (https://no-color.org).
  static var hasColors: Bool {
    isTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// The columns of the terminal behind standard error.
  static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

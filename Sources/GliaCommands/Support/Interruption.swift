import CSignals

/// Handles the signals that ask the program to exit: SIGHUP, SIGINT, SIGTERM and SIGQUIT, for the whole process.
///
/// Each ends the program at once with the exit status 128 + its number, unless there is something to save first: see
/// ``heed(_:)``.
enum Interruption {
  /// Installs the handlers; signals that are already ignored, as under `nohup`, remain ignored.
  static func listen() { csignals_begin() }

  /// Sets whether the first signal, unless it is SIGQUIT, is only recorded in ``signal``. Any further one ends the
  /// program at once.
  static func heed(_ heeds: Bool) { csignals_heed(heeds) }

  /// The signal that asked the program to stop, or nil.
  static var signal: Int32? {
    let number = csignals_noted()
    return number == 0 ? nil : number
  }

  /// If a signal asked the program to stop, exits with that signal's status.
  static func check() throws {
    if let signal { throw Ending(status: 128 + signal) }
  }
}

import CSignals

/// The signals that ask the program to leave: SIGHUP, SIGINT, SIGTERM and SIGQUIT. They are the process's, and so is this.
///
/// Each ends the program at once with the exit status 128 + its number, unless there is something to be saved first: see
/// ``heed(_:)``.
enum Interruption {
  /// Begins to listen; a signal that is ignored stays ignored, as under `nohup`.
  static func listen() { csignals_begin() }

  /// Says whether somebody looks at ``signal``: the first one, unless it is SIGQUIT, only asks then. Any other ends the
  /// program, whatever it is at.
  static func heed(_ heeds: Bool) { csignals_heed(heeds) }

  /// The signal that asked to stop; nil as long as none did.
  static var signal: Int32? {
    let number = csignals_noted()
    return number == 0 ? nil : number
  }

  /// Ends the program with the status of the signal that asked to stop, if one did.
  static func check() throws {
    if let signal { throw Ending(status: 128 + signal) }
  }
}

import Foundation
import GliaCore

/// The exit status: one from sysexits.h, or 128 + the number of a signal.
enum ExitStatus {
  static let usage: Int32 = 64
  static let description: Int32 = 65
  static let missingInput: Int32 = 66
  static let defect: Int32 = 70
  static let output: Int32 = 73
  static let failure: Int32 = 1

  /// Runs `body`, and prints any error it throws to standard error, once.
  static func telling(_ body: () throws -> Void) -> Int32 {
    do {
      try body()
      return 0
    } catch is ClosedPipe {
      return 0
    } catch let ending as Ending {
      return ending.status
    } catch let mistake as UsageMistake {
      Console.note("error: \(mistake.error)")
      return usage
    } catch let error as GliaError {
      Console.note("error: \(error)")
      return status(of: error.category)
    } catch {
      Console.note("error: \(error)\n  hint:     this is a bug in Glia; please report it with steps to reproduce it")
      return defect
    }
  }

  /// Prints an argument parser error, or the requested help.
  static func tell(parserError error: any Error) -> Int32 {
    let status = RootCommand.exitCode(for: error).rawValue
    let message = RootCommand.fullMessage(for: error)
    guard status == 0 else {
      Console.note(message)
      return status
    }
    return telling { try Console.write(message + "\n") }
  }

  static func status(of category: GliaError.Category) -> Int32 {
    switch category {
    case .description: description
    case .missingInput: missingInput
    case .output: output
    case .divergence: failure
    }
  }
}

/// Exits with the given status, after all messages have been printed.
struct Ending: Error {
  let status: Int32
}

/// An invalid option value.
struct UsageMistake: Error {
  let error: GliaError

  init(_ error: GliaError) { self.error = error }
  init(_ what: String, at place: String? = nil, expected: String? = nil, remedy: String? = nil) {
    error = GliaError(what, at: place, expected: expected, remedy: remedy)
  }

  /// Runs `body`, and reports its errors as errors in the value of `option`.
  static func locating<Result>(_ option: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch var error as GliaError where error.category == .description {
      error.place = error.place.map { "\(option): \($0)" } ?? option
      throw UsageMistake(error)
    }
  }
}

import Foundation
import GliaCore

/// How the program ends: the exit statuses of sysexits.h, and 128 + the number of a signal.
enum ExitStatus {
  static let usage: Int32 = 64
  static let description: Int32 = 65
  static let missingInput: Int32 = 66
  static let defect: Int32 = 70
  static let output: Int32 = 73
  static let failure: Int32 = 1

  /// Runs `body`; what it throws is printed on standard error, once.
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
      Console.note("error: \(error)\n  hint:     this is a defect of Glia's: please report it with what you did")
      return defect
    }
  }

  /// Tells what the argument parser refused, or prints the help that was asked for.
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

/// Ends the program with a status after everything has been said.
struct Ending: Error {
  let status: Int32
}

/// A mistake in an option's value.
struct UsageMistake: Error {
  let error: GliaError

  init(_ error: GliaError) { self.error = error }
  init(_ what: String, at place: String? = nil, expected: String? = nil, remedy: String? = nil) {
    error = GliaError(what, at: place, expected: expected, remedy: remedy)
  }

  /// Runs `body`; a mistake in it is one in the value of `option`.
  static func locating<Result>(_ option: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch var error as GliaError where error.category == .description {
      error.place = error.place.map { "\(option): \($0)" } ?? option
      throw UsageMistake(error)
    }
  }
}

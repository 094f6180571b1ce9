/// An error reported by Glia, in four parts: what happened, where, what was expected, and how to fix it.
///
/// ```
/// error: unknown activation 'thanh'
///   where:    network.layers.0.activation
///   expected: one of elu, gelu, leaky_relu, linear, relu, sigmoid, softmax, tanh
///   hint:     did you mean 'tanh'?
/// ```
public struct GliaError: Error, Hashable, Sendable {
  /// The category of an error; the command-line tool maps it to an exit status.
  public enum Category: Hashable, Sendable {
    /// The data or the description of an experiment is wrong (exit status 65).
    case description
    /// An input does not exist or cannot be read (exit status 66).
    case missingInput
    /// An output cannot be written (exit status 73).
    case output
    /// The training diverged: a value is not finite (exit status 1).
    case divergence
  }

  private static let longestLine = 4096

  /// The category of the error.
  public var category: Category
  /// What happened, in one line without a period.
  public var what: String
  /// Where: a JSON path, a file with its line, a layer with its name, or the name of a tensor.
  public var place: String?
  /// What was expected.
  public var expected: String?
  /// How to fix it; several lines if there is a remedy for each of several columns.
  public var remedy: String?

  /// Creates an error from its parts; all but `what` may be omitted.
  public init(
    _ what: String, at place: String? = nil, expected: String? = nil, remedy: String? = nil,
    category: Category = .description
  ) {
    self.category = category
    self.what = what
    self.place = place
    self.expected = expected
    self.remedy = remedy
  }

  /// Returns the same error with its place prefixed by `outer`, as in `network.layers.0` + `units`.
  public func inside(_ outer: String) -> GliaError {
    var copy = self
    copy.place = [outer, place ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
    return copy
  }

  /// Runs `body`; the place of an error thrown by it is prefixed by `place`.
  public static func locating<Result>(_ place: @autoclosure () -> String, _ body: () throws -> Result) throws -> Result
  {
    do { return try body() } catch let error as GliaError { throw error.inside(place()) }
  }
}

extension GliaError: CustomStringConvertible {
  /// The message as printed by the command-line tool, one part per line.
  public var description: String {
    let parts = [("where:   ", place), ("expected:", expected), ("hint:    ", remedy)]
    return parts.reduce(line(what)) { text, part in
      guard let value = part.1, !value.isEmpty else { return text }
      // A remedy may have a line for each column, which are aligned.
      let lines = part.1 == remedy ? value.split(separator: "\n").map { line(String($0)) } : [line(value)]
      return "\(text)\n  \(part.0) \(lines.joined(separator: "\n            "))"
    }
  }

  /// Returns a part as one line, whatever names of files, columns and classes it contains.
  private func line(_ part: String) -> String { part.visible(limit: Self.longestLine) }
}

import SystemPackage

/// A text file that grows while others read it: every line is visible as soon as it is appended.
public struct TextLog: Sendable {
  /// The path of the file.
  public let path: String

  /// Creates a file at `path` with `text`, replacing an existing one.
  ///
  /// - Throws: ``GliaError`` of the category `output`.
  public init(path: String, beginning text: String) throws {
    self.path = path
    try AtomicFile.write(text, to: path)
  }

  /// Appends `text` atomically.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - isDurable: whether the text is on the disk when this returns, whatever happens to the machine afterwards.
  /// - Throws: ``GliaError`` of the category `output`.
  public func append(_ text: String, isDurable: Bool = false) throws {
    do {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.append, .create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      defer { try? file.close() }
      let length = try file.seek(offset: 0, from: .end)
      do {
        try file.writeAll(text.utf8)
        if isDurable { try SystemCall.synchronize(file) }
      } catch {
        try? file.resize(to: length)
        throw error
      }
    } catch {
      throw GliaError(
        "cannot be written: \(error)", at: path.visible(limit: 4096), expected: "a file that can be written",
        remedy: "free some space, or change its permissions", category: .output)
    }
  }
}

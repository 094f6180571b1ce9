import GliaCore

extension Callback {
  /// Throws if the name is not that of a file inside the training folder.
  func requireFileInside(_ name: String) throws {
    let parts = name.split(separator: "/")
    let isInside = !name.hasPrefix("/") && !name.hasSuffix("/") && !parts.contains("..") && parts.last ?? "." != "."
    guard !isInside || name.utf8.contains(0) else { return }
    throw GliaError(
      "'\(name.excerpt)' is not a file inside the training folder", at: "file",
      expected: "a name such as \(Self.name).csv", remedy: "choose the folder with --output")
  }
}

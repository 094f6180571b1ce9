import GliaCore

extension Callback {
  /// Refuses a file name that leads out of the training's folder.
  func requireFileInside(_ name: String) throws {
    let parts = name.split(separator: "/")
    guard name.hasPrefix("/") || name.hasSuffix("/") || parts.isEmpty || parts.contains("..") else { return }
    throw GliaError(
      "'\(name.excerpt)' is no file in the folder of the training", at: "file",
      expected: "a name such as \(Self.name).csv", remedy: "choose the folder with --output", category: .output)
  }
}

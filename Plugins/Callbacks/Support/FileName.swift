import GliaCore

extension Callback {
  /// Refuses a name that leads out of the training's folder, or to no file.
  func requireFileInside(_ name: String) throws {
    let parts = name.split(separator: "/")
    let isInside = !name.hasPrefix("/") && !name.hasSuffix("/") && !parts.contains("..") && parts.last ?? "." != "."
    guard !isInside || name.utf8.contains(0) else { return }
    throw GliaError(
      "'\(name.excerpt)' is not a file in the folder of the training", at: "file",
      expected: "a name such as \(Self.name).csv", remedy: "choose the folder with --output")
  }
}

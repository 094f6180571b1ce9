import GliaCore

extension Callback {
  /// Refuses a file name that leads out of the training's folder, or to a file that the tool writes itself.
  func requireOwnFile(_ name: String) throws {
    let parts = name.split(separator: "/")
    let isInside = !name.hasPrefix("/") && !name.hasSuffix("/") && !parts.isEmpty && !parts.contains("..")
    let taken = ["history.csv", "report.json", "model.safetensors", "checkpoint.safetensors"].contains(name)
    guard !isInside || taken else { return }
    throw GliaError(
      taken ? "'\(name)' is written by glia train itself" : "'\(name.excerpt)' leads out of the training's folder",
      at: "file", expected: "a file of its own in the training's folder, such as \(Self.name).csv",
      remedy: "choose another name; the folder is chosen with --output", category: .output)
  }
}

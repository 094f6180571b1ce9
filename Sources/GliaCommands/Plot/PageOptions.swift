import ArgumentParser
import Foundation
import GliaCore
import GliaVisuals

/// The options that all plots share.
struct PageOptions: ParsableArguments {
  /// A theme, by name.
  enum ThemeName: String, CaseIterable, ExpressibleByArgument {
    case light, dark, print

    var theme: Theme {
      switch self {
      case .light: .light
      case .dark: .dark
      case .print: .print
      }
    }
  }

  @Option(
    help: ArgumentHelp("Output PNG file (default: KIND.png).", valueName: "file"),
    completion: .file(extensions: ["png"]))
  var output: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Width in pixels; text and lines scale with the page.", valueName: "pixels"))
  var width: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Height in pixels (default: in proportion to the width).", valueName: "pixels"))
  var height: Int?

  @Option(help: "Color theme; print uses grays on white.")
  var theme = ThemeName.light

  @Option(help: ArgumentHelp("Title of the plot; \"\" for none.", valueName: "text"))
  var title: String?

  private static let sizes = 64...20_000

  func validate() throws {
    for (name, value) in [("width", width), ("height", height)] {
      guard let value, !Self.sizes.contains(value) else { continue }
      throw ValidationError("--\(name) \(value) is out of range: the size must be from 64 to 20000 pixels.")
    }
    if let output, !output.lowercased().hasSuffix(".png") {
      throw ValidationError("--output '\(output.excerpt)' is not the name of a PNG file: it must end in .png.")
    }
  }

  /// The output path for a kind of plot; throws, before anything is drawn, if it cannot be written.
  func preparedPath(for kind: String) throws -> String {
    let path = output ?? "\(kind).png"
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw refusal("the path is a folder", at: path)
    }
    let folder = Paths.folder(of: path)
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw refusal("no folder '\(folder.excerpt)'", at: path)
    }
    try AtomicFile.check(path)
    AtomicFile.removeAbandoned(in: folder)
    return path
  }

  private func refusal(_ what: String, at path: String) -> GliaError {
    GliaError(
      what, at: path.visible(limit: 4096), expected: "a writable file", remedy: "choose another with --output",
      category: .output)
  }

  /// Writes the figure with the given options, and prints its path to standard output.
  func write(_ figure: some Figure, to path: String) throws {
    var figure = figure
    figure.page.resize(width: width, height: height)
    figure.page.theme = theme.theme
    if let title { figure.title = title }
    try UsageMistake.locating("--width, --height") {
      try PNG.checkSize(width: figure.page.width, height: figure.page.height)
    }
    try OutputFile.refuseInput(path)
    try figure.write(to: path)
    try Console.write(path + "\n")
  }
}

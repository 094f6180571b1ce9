import ArgumentParser
import Foundation
import GliaCore
import GliaVisuals

/// The options that all pictures share.
struct PageOptions: ParsableArguments {
  /// A look by its name.
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
    help: ArgumentHelp("The PNG file to write (default: KIND.png).", valueName: "file"),
    completion: .file(extensions: ["png"]))
  var output: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The width in pixels; text and lines grow with the page.", valueName: "pixels"))
  var width: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The height in pixels (default: as the width asks for).", valueName: "pixels"))
  var height: Int?

  @Option(help: "The look: print is greys on white.")
  var theme = ThemeName.light

  @Option(help: ArgumentHelp("The first line of the picture; \"\" for none.", valueName: "text"))
  var title: String?

  private static let sizes = 64...20_000

  func validate() throws {
    for (name, value) in [("width", width), ("height", height)] {
      guard let value, !Self.sizes.contains(value) else { continue }
      throw ValidationError("--\(name) \(value) is not a size of a picture: give from 64 to 20000 pixels.")
    }
    if let output, !output.lowercased().hasSuffix(".png") {
      throw ValidationError("--output '\(output.excerpt)' is not the name of a PNG file: let it end in .png.")
    }
  }

  /// Where the picture of a kind goes; throws before anything is drawn if nothing can be written there.
  func preparedPath(for kind: String) throws -> String {
    let path = output ?? "\(kind).png"
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw refusal("there is a folder in the picture's place", at: path)
    }
    let folder = Paths.folder(of: path)
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw refusal("there is no folder '\(folder.excerpt)'", at: path)
    }
    try AtomicFile.check(path)
    AtomicFile.removeAbandoned(in: folder)
    return path
  }

  private func refusal(_ what: String, at path: String) -> GliaError {
    GliaError(
      what, at: path.excerpt, expected: "a file that can be written", remedy: "choose another with --output",
      category: .output)
  }

  /// Writes the picture with the changes asked for, and its name to standard output.
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

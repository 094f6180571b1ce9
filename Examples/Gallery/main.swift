import Foundation
import Glia
import GliaVisuals

// Draws one figure of every kind, as in Visuals/Gallery; with a theme, all figures use it:
//
//   swift run -c release Gallery FOLDER [light|dark|print]

/// One or more figures with their file name.
struct Exhibit {
  let file: String
  /// A single figure, or the frames of an animation.
  var figures: [any Figure]

  /// Creates an exhibit with a figure, after applying changes.
  init<F: Figure>(_ name: String, _ figure: F, _ change: (inout F) -> Void = { _ in }) {
    var figure = figure
    change(&figure)
    (file, figures) = ("\(name).png", [figure])
  }

  /// Creates an animation from a sequence of figures.
  init(_ name: String, moving figures: [any Figure]) { (file, self.figures) = ("\(name).png", figures) }

  func write(into folder: String) throws {
    let path = "\(folder)/\(file)"
    if figures.count == 1 { return try figures[0].write(to: path) }
    try AnimatedPNG(figures.map { try $0.png() }).write(to: path)
  }
}

do {
  let arguments = CommandLine.arguments.dropFirst()
  let folder = arguments.first ?? "."
  let look = arguments.dropFirst().first.flatMap { ["light": Theme.light, "dark": .dark, "print": .print][$0] }
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  for hall in [boundaries, comparisons, insides, results, learning, studies] {
    for var exhibit in try hall() {
      if let look { for index in exhibit.figures.indices { exhibit.figures[index].page.theme = look } }
      try exhibit.write(into: folder)
      print(exhibit.file)
    }
  }
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}

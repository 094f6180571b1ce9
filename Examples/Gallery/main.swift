import Foundation
import Glia
import GliaVisuals

// Every kind of picture once, as Visuals/Gallery shows them; with a look, all in that one:
//
//   swift run -c release Gallery FOLDER [light|dark|print]

/// A picture with the name of its file.
struct Exhibit {
  let file: String
  /// One figure, or those of a moving picture.
  var figures: [any Figure]

  /// A figure, after some changes.
  init<F: Figure>(_ name: String, _ figure: F, _ change: (inout F) -> Void = { _ in }) {
    var figure = figure
    change(&figure)
    (file, figures) = ("\(name).png", [figure])
  }

  /// Figures one after the other.
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
  for hall in [boundaries, comparisons, insides, results, learning] {
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

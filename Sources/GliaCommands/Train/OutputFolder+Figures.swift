import GliaVisuals

extension OutputFolder {
  /// Draws a figure into the folder; returns the name of the file, or nil, with a note, if it cannot be drawn.
  func draw(_ figure: @autoclosure () throws -> any Figure, as name: String) -> String? {
    do {
      try figure().write(to: file(name))
      return name
    } catch {
      Console.noteOmission(of: name, error)
      return nil
    }
  }
}

import GliaCore

/// A picture that is described by a value and drawn on demand.
public protocol Figure: Sendable {
  /// The size, theme, and text of the figure.
  var page: Page { get set }
  /// Draws the figure on a canvas of the page's size.
  func draw(on canvas: inout Canvas) throws
}

extension Figure {
  /// The title, in bold; nothing is drawn if empty.
  public var title: String {
    get { page.title }
    set { page.title = newValue }
  }

  /// The subtitle, in gray; nothing is drawn if empty.
  public var subtitle: String {
    get { page.subtitle }
    set { page.subtitle = newValue }
  }

  /// Draws the figure into a part of a canvas, scaled by `factor`.
  ///
  /// ```swift
  /// var canvas = try Canvas(pixelWidth: 1600, pixelHeight: 800, scale: 1.6)
  /// try before.draw(on: &canvas, in: Rect(x: 0, y: 0, width: 500, height: 500))
  /// try after.draw(on: &canvas, in: Rect(x: 500, y: 0, width: 500, height: 500))
  /// ```
  public func draw(on canvas: inout Canvas, in area: Rect, scale factor: Double = 1) throws {
    try canvas.within(area, scale: factor) { frame in try draw(on: &frame) }
  }

  /// Returns the figure as a picture. Throws an error if its data can't be drawn or its size is rejected.
  public func png() throws -> PNG {
    let background = page.isTransparent ? page.theme.page.opacity(0) : page.theme.page
    var canvas = try Canvas(
      pixelWidth: page.width, pixelHeight: page.height, scale: page.scale, background: background)
    try draw(on: &canvas)
    var text = page.text
    if !page.title.isEmpty && !text.contains(where: { $0.key == "Title" }) {
      // A zero byte ends a text in PNG.
      text.insert(PNG.Text("Title", page.title.replacing("\0", with: "")), at: 0)
    }
    if !text.contains(where: { $0.key == "Software" }) {
      text.append(PNG.Text("Software", "Glia \(Model.version)"))
    }
    return try canvas.png(text: text)
  }

  /// Draws the figure and writes it atomically as a PNG file.
  public func write(to path: String) throws {
    try png().write(to: path)
  }
}

extension Figure {
  /// Returns the page with `summary` as its subtitle if it has none.
  func page(summarizing summary: String) -> Page {
    var page = page
    if page.subtitle.isEmpty { page.subtitle = summary }
    return page
  }
}

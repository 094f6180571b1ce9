import GliaCore

/// A picture that is described as a value and drawn on demand.
public protocol Figure: Sendable {
  /// Size, look and words.
  var page: Page { get set }
  /// Draws everything on a canvas of the page's size.
  func draw(on canvas: inout Canvas) throws
}

extension Figure {
  /// The first line, bold; none if empty.
  public var title: String {
    get { page.title }
    set { page.title = newValue }
  }

  /// The second line, gray; none if empty.
  public var subtitle: String {
    get { page.subtitle }
    set { page.subtitle = newValue }
  }

  /// Draws the figure into a part of a canvas, everything larger or smaller by `factor`.
  ///
  /// ```swift
  /// var canvas = try Canvas(pixelWidth: 1600, pixelHeight: 800, scale: 1.6)
  /// try before.draw(on: &canvas, in: Rect(x: 0, y: 0, width: 500, height: 500))
  /// try after.draw(on: &canvas, in: Rect(x: 500, y: 0, width: 500, height: 500))
  /// ```
  public func draw(on canvas: inout Canvas, in area: Rect, scale factor: Double = 1) throws {
    try canvas.within(area, scale: factor) { frame in try draw(on: &frame) }
  }

  /// The figure drawn. Throws when its data cannot be drawn or its size is refused.
  public func png() throws -> PNG {
    let background = page.isTransparent ? page.theme.page.opacity(0) : page.theme.page
    var canvas = try Canvas(
      pixelWidth: page.width, pixelHeight: page.height, scale: page.scale, background: background)
    try draw(on: &canvas)
    var text = page.text
    if !page.title.isEmpty && !text.contains(where: { $0.key == "Title" }) {
      // PNG ends texts with a zero byte.
      text.insert(PNG.Text("Title", page.title.replacing("\0", with: "")), at: 0)
    }
    if !text.contains(where: { $0.key == "Software" }) {
      text.append(PNG.Text("Software", "Glia \(Model.version)"))
    }
    return try canvas.png(text: text)
  }

  /// Draws the figure and writes it as a PNG file, whole or not at all.
  public func write(to path: String) throws {
    try png().write(to: path)
  }
}

extension Figure {
  /// The page with `summary` as its second line if it has none.
  func page(summarizing summary: String) -> Page {
    var page = page
    if page.subtitle.isEmpty { page.subtitle = summary }
    return page
  }
}

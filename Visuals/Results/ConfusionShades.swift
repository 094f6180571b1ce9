/// The colors of a confusion matrix.
struct ConfusionShades {
  private let theme: Theme

  init(_ theme: Theme) { self.theme = theme }

  /// The color of the part `share` of a class, rightly told or confused.
  func callAsFunction(_ share: Double, isRight: Bool) -> Color {
    let none = theme.page.mixed(with: theme.text, 0.03)
    guard share.isFinite else { return none }
    return none.mixed(with: isRight ? theme.hue(0) : theme.counterpart, min(max(share, 0), 1).squareRoot())
  }

  /// The color of a margin, paler below numbers.
  func margin(_ share: Double, hasNumber: Bool) -> Color {
    let color = self(share, isRight: true)
    return hasNumber ? color.mixed(with: theme.page, 0.6) : color
  }

  /// The bars of both hues side by side.
  struct Bars {
    fileprivate let left: ColorBar
    fileprivate let right: ColorBar

    var width: Double { ColorBar.thickness + right.width }

    func draw(on canvas: inout Canvas, in area: Rect) {
      left.draw(on: &canvas, in: area)
      let rest = Rect(x: area.x + ColorBar.thickness, y: area.y, width: right.width, height: area.height)
      right.draw(on: &canvas, in: rest)
    }
  }

  static func bars(_ theme: Theme) -> Bars {
    let shades = ConfusionShades(theme)
    let ticks = [0, 0.01, 0.05, 0.2, 0.5, 1].map { share in
      (place: share.squareRoot(), label: NumberText.percent(share, decimals: 0))
    }
    let name = "part of the true class, right or confused"
    return Bars(
      left: ColorBar(color: { shades($0 * $0, isRight: true) }, ticks: [], name: "", theme: theme),
      right: ColorBar(color: { shades($0 * $0, isRight: false) }, ticks: ticks, name: name, theme: theme))
  }
}

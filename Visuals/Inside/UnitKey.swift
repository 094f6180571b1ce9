/// What the signs of ``UnitMaps`` mean, on as many lines as its page can spare: the classes as far as these go, and the line.
struct UnitKey {
  let legend: Legend

  init(_ entries: (classes: [LegendEntry], rest: [LegendEntry]), width: Double, height: Double, _ theme: Theme) {
    func legend(_ count: Int) -> Legend {
      let left = entries.classes.count - count
      let more: [LegendEntry] = left > 0 ? [(.heading, "and \(NumberText.grouped(left)) more")] : []
      return Legend(entries: entries.classes.prefix(count) + more + entries.rest, theme: theme)
    }
    let most = min(entries.classes.count, 100)
    let count = (0...most).last { legend($0).rowHeight(within: width) <= height } ?? 0
    self.legend = legend(count)
  }
}

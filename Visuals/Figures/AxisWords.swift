/// Which numbers and names stand at the axes of a plot among others: what all say is said once, at the left and at the bottom.
struct AxisLabels: Hashable {
  var numbersX = true
  var numbersY = true
  var nameX = true
  var nameY = true

  /// The words of all `panels`, of which `perRow` stand in a row.
  static func all(_ panels: [GridPanel], perRow: Int) -> [AxisLabels] {
    let everywhere = panels.indices.map { $0 }
    return panels.indices.map { index in
      let row = everywhere.filter { $0 / perRow == index / perRow }
      let column = everywhere.filter { $0 % perRow == index % perRow }
      let (isLeft, isLowest) = (index % perRow == 0, index == column.last)
      func same<Value: Hashable>(_ indices: [Int], _ value: (PlotContent) -> Value) -> Bool {
        Set(indices.map { panels[$0].content.map(value) }).count == 1 && panels[index].content != nil
      }
      var labels = AxisLabels()
      labels.numbersX = isLowest || !same(column, \.x.scale)
      labels.numbersY = isLeft || !same(row, \.y.scale)
      labels.nameX = labels.numbersX && (isLowest || !same(everywhere, \.x.name))
      labels.nameY = labels.numbersY && (isLeft || !same(everywhere, \.y.name))
      return labels
    }
  }
}

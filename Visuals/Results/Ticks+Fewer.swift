extension Ticks {
  /// At most four of the marks.
  var few: Ticks {
    let step = max((values.count + 3) / 4, 1)
    return keeping(values.indices.filter { $0 % step == 0 })
  }

  private func keeping(_ kept: some Collection<Int>) -> Ticks {
    var ticks = self
    (ticks.values, ticks.labels) = (kept.map { values[$0] }, kept.map { labels[$0] })
    return ticks
  }
}

/// The layout of the named state of several tensors: the first name for all tensors, then the second, and so on.
struct NamedState {
  /// The number of values.
  let count: Int
  /// The layout of each tensor's state.
  let layouts: [TensorLayouts]
  /// The names of each tensor's state, with the ranges of their numbers.
  let places: [[(name: String, range: Range<Int>)]]
  /// The initial values other than 0.
  private let starts: [(range: Range<Int>, value: Float)]

  /// Lays out the planned state of several tensors.
  init(_ plans: [[StatePlan]]) throws {
    var names: [String] = []
    for plan in plans.joined() where !names.contains(plan.name) { names.append(plan.name) }
    var named = plans.map { _ in [(name: String, layout: TensorLayout)]() }
    var places = plans.map { _ in [(name: String, range: Range<Int>)]() }
    var (count, starts): (Int, [(range: Range<Int>, value: Float)]) = (0, [])
    for name in names {
      for (index, plan) in plans.enumerated() {
        guard let own = plan.first(where: { $0.name == name }) else { continue }
        named[index].append((name, TensorLayout(own.shape, isPerSample: false, fixed: count)))
        let end = try [[count], own.shape].totalCount()
        places[index].append((name, count..<end))
        if own.start != 0 { starts.append((count..<end, own.start)) }
        count = end
      }
    }
    self.places = places
    layouts = named.map { TensorLayouts(names: $0.map(\.name), $0.map(\.layout)) }
    (self.count, self.starts) = (count, starts)
  }

  /// Writes the initial values to the numbers that begin at `start`.
  func initialize(_ numbers: inout [Float], from start: Int) {
    for (range, value) in starts {
      for i in range where start + i < numbers.count { numbers[start + i] = value }
    }
  }
}

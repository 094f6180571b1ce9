/// Where the named state of several tensors lies: the first name of all tensors, then the second, and so on.
struct NamedState {
  /// How many numbers.
  let count: Int
  /// For each tensor where its state lies.
  let layouts: [TensorLayouts]
  /// What the numbers start at, where not at 0.
  private let starts: [(range: Range<Int>, value: Float)]

  /// Lays out what is planned for each of several tensors.
  init(_ plans: [[StatePlan]]) throws {
    var names: [String] = []
    for plan in plans.joined() where !names.contains(plan.name) { names.append(plan.name) }
    var places = plans.map { _ in [(name: String, layout: TensorLayout)]() }
    var (count, starts): (Int, [(range: Range<Int>, value: Float)]) = (0, [])
    for name in names {
      for (index, plan) in plans.enumerated() {
        guard let own = plan.first(where: { $0.name == name }) else { continue }
        places[index].append((name, TensorLayout(own.shape, isPerSample: false, fixed: count)))
        let end = try [[count], own.shape].totalCount()
        if own.start != 0 { starts.append((count..<end, own.start)) }
        count = end
      }
    }
    layouts = places.map { TensorLayouts(names: $0.map(\.name), $0.map(\.layout)) }
    (self.count, self.starts) = (count, starts)
  }

  /// Fills the numbers that begin at `start` with what they start at.
  func initialize(_ numbers: inout [Float], from start: Int) {
    for (range, value) in starts {
      for i in range where start + i < numbers.count { numbers[start + i] = value }
    }
  }
}
